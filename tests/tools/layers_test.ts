import { assertEquals } from "@std/assert";

import { checkEffects, checkImports, type Layer } from "@/tools/layers.ts";

const LAYERS: readonly Layer[] = [
  { of: "lib/domain/", imports: ["lib/domain/"] },
  { of: "lib/live/", imports: ["lib/domain/", "lib/live/", "zod"], types: ["lib/ports/clock.ts"] },
];

Deno.test("checkImports() accepts what the table allows", () => {
  const rows: [path: string, text: string][] = [
    ["lib/domain/a.ts", 'import { b } from "./b.ts";'],
    ["lib/domain/a.ts", 'export * from "@/lib/domain/b.ts";'],
    ["lib/live/a.ts", 'import { b } from "../domain/b.ts";'],
    ["lib/live/a.ts", 'import * as z from "zod";'],
    ["lib/live/a.ts", 'import type { Clock } from "@/lib/ports/clock.ts";'],
    ["lib/other.ts", "const a = 1;"],
  ];
  for (const [path, text] of rows) assertEquals(checkImports({ path, text }, LAYERS), [], text);
});

Deno.test("checkImports() refuses every way of importing outward", () => {
  const target = "lib/live/hub.ts";
  const rows = [
    'import { Hub } from "@/lib/live/hub.ts";',
    'import type { Hub } from "@/lib/live/hub.ts";',
    'import { Hub } from "../live/hub.ts";',
    'import { Hub } from "./../domain/../live/hub.ts";',
    'import "../live/hub.ts";',
    'export { Hub } from "../live/hub.ts";',
    'export type { Hub } from "../live/hub.ts";',
    'export * from "../live/hub.ts";',
    'export * as hub from "../live/hub.ts";',
    'import Hub, { type Peer } from "../live/hub.ts";',
    'import {\n  Hub,\n  type Peer,\n} from "../live/hub.ts";',
    'const hub = await import("../live/hub.ts");',
    'const hub = import(\n  "@/lib/live/hub.ts"\n);',
  ];
  for (const text of rows) {
    const wrong = checkImports({ path: "lib/domain/a.ts", text }, LAYERS);
    assertEquals(wrong, [`lib/domain/a.ts must not import ${target}`], text);
  }
});

Deno.test("checkImports() refuses packages and files that are not listed", () => {
  const rows: [path: string, specifier: string, target: string][] = [
    ["lib/domain/a.ts", "zod", "zod"],
    ["lib/live/a.ts", "zod/v4", "zod/v4"],
    ["lib/live/a.ts", "node:fs", "node:fs"],
    ["lib/live/a.ts", "@/lib/livewire/a.ts", "lib/livewire/a.ts"],
    ["lib/live/a.ts", "@/lib/ports/clock.ts", "lib/ports/clock.ts"],
  ];
  for (const [path, specifier, target] of rows) {
    const wrong = checkImports({ path, text: `import { a } from "${specifier}";` }, LAYERS);
    assertEquals(wrong, [`${path} must not import ${target}`]);
  }
});

Deno.test("checkImports() lets a file without a layer import nothing", () => {
  const file = { path: "lib/new/a.ts", text: 'import { b } from "@/lib/domain/b.ts";' };
  assertEquals(checkImports(file, LAYERS), ["lib/new/a.ts must not import lib/domain/b.ts"]);
});

Deno.test("checkImports() does not look into comments", () => {
  const text = '// import "../live/hub.ts";\n/** @example import { Hub } from "../live/hub.ts"; */';
  assertEquals(checkImports({ path: "lib/domain/a.ts", text }, LAYERS), []);
});

Deno.test("checkEffects() names what a file may not use", () => {
  const file = { path: "lib/live/a.ts", text: "const at = Date.now();\nconsole.log(at);" };
  assertEquals(checkEffects(file, {}), [
    "lib/live/a.ts must not use Date.now",
    "lib/live/a.ts must not use console",
  ]);
  assertEquals(checkEffects(file, { "lib/live/a.ts": ["console"] }), [
    "lib/live/a.ts must not use Date.now",
  ]);
  assertEquals(checkEffects(file, { "lib/live/a.ts": ["Date.now", "console"] }), []);
});
