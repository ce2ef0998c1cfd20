import { assert, assertEquals } from "@std/assert";

const PROJECT = new URL("../../", import.meta.url);

async function read(path: string): Promise<string> {
  return await Deno.readTextFile(new URL(path, PROJECT));
}

/** The page, each run of space in it as one: where lines end is for `deno fmt` to say. */
async function readPage(): Promise<string> {
  return (await read("docs/SECURITY.md")).replace(/\s+/g, " ");
}

Deno.test("every test that docs/SECURITY.md names exists", async (t) => {
  const named = [...(await readPage()).matchAll(/- `([^`]+_test\.tsx?)`: "([^"]+)"/g)];
  assert(named.length > 60, `${named.length}`);
  for (const [, path = "", title = ""] of named) {
    await t.step(`${path}: ${title}`, async () => {
      const titles = titlesIn(await read(path));
      assert(titles.includes(title), `${path} has ${titles.join("; ")}`);
    });
  }
});

Deno.test("every threat of docs/SECURITY.md names a test", async () => {
  const [, threats = ""] = (await read("docs/SECURITY.md")).split(/^## Threats and defences$/m);
  const [inside = ""] = threats.split(/^## /m);
  const parts = inside.split(/^### /m).slice(1);
  assert(parts.length >= 10);
  for (const part of parts) assert(part.includes("_test.ts`:"), part.slice(0, 60));
});

/** Titles of tests; what is filled in stands as `…`. */
function titlesIn(source: string): string[] {
  return [...source.matchAll(/Deno\.test\(\s*(?:"([^"]+)"|`([^`]+)`)/g)].map(([, plain, filled]) =>
    plain ?? filled?.replace(/\$\{[^}]*\}/g, "…") ?? ""
  );
}

Deno.test("every permission that a task has without a name is in the table, with a reason", async () => {
  const rows = [
    ...(await readPage()).matchAll(/\| `([\w:*]+)` \| ((?:`[\w-]+`(?:, )?)+) \| ([^|]{4,}) \|/g),
  ]
    .map(([, task = "", flags = ""]) => ({
      task,
      flags: [...flags.matchAll(/--[\w-]+/g)].map(([flag]) => flag),
    }));
  assert(rows.length > 10);
  const { tasks } = JSON.parse(await read("deno.json"));
  const used = new Set<string>();
  for (const [name, { command }] of Object.entries<{ readonly command: string }>(tasks)) {
    const row = rows.find(({ task }) => fits(task, name));
    for (const flag of unnamedIn(command)) {
      assert(row?.flags.includes(flag), `${name} has ${flag} without a reason`);
      used.add(row?.task ?? "");
    }
  }
  const needless = rows.filter(({ task }) =>
    !task.includes("*") && task in tasks && !used.has(task)
  );
  assertEquals(needless, []);
});

function fits(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Permissions for everything of a kind, and `-A`, which is all of them. */
function unnamedIn(command: string): string[] {
  const flags = command.split(/\s+/).filter((word) => /^--allow-[a-z]+$/.test(word));
  return /\s-\w*A\b/.test(command) ? [...flags, "--allow-all"] : flags;
}
