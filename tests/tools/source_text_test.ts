import { assertEquals } from "@std/assert";

import { findEffects, findImports } from "@/tools/source_text.ts";

Deno.test("findImports() tells imports of types from others", () => {
  const text = 'import type { A } from "./a.ts";\nimport { b, type C } from "./b.ts";\n' +
    'export type { D } from "./d.ts";\nexport { e } from "./e.ts";\n';
  assertEquals(findImports(text), [
    { specifier: "./a.ts", typeOnly: true },
    { specifier: "./b.ts", typeOnly: false },
    { specifier: "./d.ts", typeOnly: true },
    { specifier: "./e.ts", typeOnly: false },
  ]);
});

Deno.test("findImports() finds one after text that looks like a comment", () => {
  const text = 'const url = "https://example.org"; import("./a.ts");\n' +
    'const glob = `/*`;\nimport "./b.ts";\nconst end = "*/";';
  assertEquals(findImports(text).map(({ specifier }) => specifier), ["./b.ts", "./a.ts"]);
});

Deno.test("findImports() takes no other string for an import", () => {
  const text = 'export const from = "./a.ts";\nexport default "./b.ts";\nlist.from("./c.ts");';
  assertEquals(findImports(text), []);
});

Deno.test("findEffects() finds each effect", () => {
  const rows: [text: string, effect: string][] = [
    ["const now = Date.now();", "Date.now"],
    ["const now = Date.now;", "Date.now"],
    ["const now = new Date();", "new Date()"],
    ["const from = performance.now();", "performance"],
    ["setTimeout(run, 5);", "setTimeout"],
    ["globalThis.setTimeout(run, 5);", "setTimeout"],
    ["const { timer = setInterval } = options;", "setInterval"],
    ["return { random: Math.random };", "Math.random"],
    ["const answer = await fetch(url);", "fetch"],
    ["Deno.exit(1);", "Deno"],
    ["const text = `at ${Date.now()}`;", "Date.now"],
    ["console.error(error);", "console"],
  ];
  for (const [text, effect] of rows) assertEquals(findEffects(text), [effect], text);
});

Deno.test("findEffects() finds none in words, strings, comments and names of others", () => {
  const rows = [
    "// Date.now() would do",
    "/** `Math.random`, or a stand-in. */",
    'log.info("Deno.exit, fetch and console.log");',
    "new Date(at).getTime();",
    "clock.setTimeout(run);",
    "source.fetch();",
    "interface Server { fetch(request: Request): Response }",
    "const options = { fetch: stub };",
    "const fetched = prefetch(url);",
  ];
  for (const text of rows) assertEquals(findEffects(text), [], text);
});
