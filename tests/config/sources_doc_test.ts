import { assert, assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";

/** Where the chapter of a source is, and where it ends. */
async function readChapter(title: string): Promise<string> {
  const url = new URL("../../docs/sources.md", import.meta.url);
  const chapters = (await Deno.readTextFile(url)).split(/^## /m);
  const found = chapters.find((chapter) => chapter.startsWith(title));
  assert(found !== undefined, title);
  return found;
}

function examplesOf(chapter: string): string[] {
  return [...chapter.matchAll(/^ *```jsonc\n([^]*?)\n? *```$/gm)].map(([, text = ""]) => text);
}

Deno.test("sources.md shows probes that parseConfig() takes", async () => {
  const examples = examplesOf(await readChapter("probe:"));
  const configs = examples.map((text) => parseConfig(text, { env: () => "set" }));
  const probes = configs.flatMap(({ services }) => services.map(({ source }) => source));
  assertEquals(probes.map((source) => source.kind === "probe" && source.about), [
    "GET https://shop.example.com/",
    "TCP db.example.com:5432",
    "POST https://shop.example.com/",
  ]);
  assertEquals(configs.at(-1)?.sources.probe.denyPrivate, true);
});
