import { assertEquals } from "@std/assert";

import { WORDS_IN_MARKUP } from "./words_in_markup.ts";

const PROJECT = new URL("../../", import.meta.url);

/** What answers programs: its words are part of the API. */
const FOR_PROGRAMS = ["routes/api/", "routes/v1/", "routes/badge/"];

/** Selectors, commands, headers, code: what is the same in every language. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  "components/EmptyState.tsx": ["/api/samples"],
  "components/FirstSteps.tsx": ["authorization: Bearer", "content-type: application/json"],
  "components/Toolbar.tsx": ["input, select"],
  "components/dialogs/Dialog.tsx": [".panel h2, h1"],
  "components/service/line_plot.ts": ["prefers-color-scheme"],
  "components/slides/excerpt.ts": ["export function deriveStatus"],
  "components/slides/use_deck.ts": ["input, textarea", "button, a", "dialog, input"],
  "components/status/day_strip.ts": ["<li data-tone"],
  "routes/login.tsx": ["Bearer realm"],
};

Deno.test("WORDS_IN_MARKUP finds what a person reads or hears, and nothing else", () => {
  const find = (source: string) =>
    Deno.lint.runPlugin(WORDS_IN_MARKUP, "a.tsx", source).map(({ message }) => message.slice(17));
  assertEquals(find("const a = <p>All quiet</p>;"), ['"All quiet"']);
  assertEquals(find("const a = <p>{isOn ? 'On' : words.off} · {1}</p>;"), ['"On"']);
  assertEquals(find('const a = <a title="Close" class="ghost close">✕</a>;'), ['"Close"']);
  assertEquals(find("const a = <a aria-label={`End ${name}`} href={`/a/${name}`} />;"), ['"End"']);
  assertEquals(find('const a = { caption: "For how long", kind: "a-b" };'), ['"For how long"']);
  assertEquals(find('throw new Error("Cannot write a time");'), []);
});

Deno.test("no component, island or page has words of its own", async () => {
  const found: string[] = [];
  for await (const path of sources(["components/", "islands/", "routes/"])) {
    if (FOR_PROGRAMS.some((folder) => path.startsWith(folder)) && path.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(new URL(path, PROJECT));
    for (const { message } of Deno.lint.runPlugin(WORDS_IN_MARKUP, path, text)) {
      if (!EXCEPTIONS[path]?.some((words) => message.includes(words))) {
        found.push(`${path}: ${message}`);
      }
    }
  }
  assertEquals([...new Set(found)], []);
});

async function* sources(folders: readonly string[]): AsyncGenerator<string> {
  for (const folder of folders) {
    for await (const { name, isFile, isDirectory } of Deno.readDir(new URL(folder, PROJECT))) {
      if (isFile && /\.tsx?$/.test(name)) yield folder + name;
      if (isDirectory) yield* sources([`${folder}${name}/`]);
    }
  }
}
