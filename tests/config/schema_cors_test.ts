import { assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";

import { issuesOf } from "./issues_of.ts";

Deno.test("parseConfig() takes who may read: nobody, some, all", () => {
  const cors = (value: unknown) => parseConfig(JSON.stringify({ cors: value })).cors;
  assertEquals(parseConfig("{}").cors, { origins: [] });
  assertEquals(cors({}), { origins: [] });
  assertEquals(cors({ origins: "*" }), { origins: "*" });
  const origins = ["https://a.example", "http://b.example:8080"];
  assertEquals(cors({ origins }), { origins });
});

Deno.test("parseConfig() says what is wrong with who may read", async (t) => {
  const rows: [name: string, cors: unknown, issue: string][] = [
    [
      "a section that is a list",
      ["https://a.example"],
      'cors: must be an object such as { "origins": ["https://wiki.example.com"] }, got a list',
    ],
    [
      "one origin",
      { origins: "https://a.example" },
      'cors.origins: must be "*" or a list of origins such as ["https://wiki.example.com"], ' +
      'got "https://a.example"',
    ],
    [
      "a path",
      { origins: ["https://a.example", "https://b.example/wiki"] },
      'cors.origins[1]: must be the bare origin "https://b.example", got "https://b.example/wiki"',
    ],
    [
      "too many",
      { origins: Array(33).fill("https://a.example") },
      "cors.origins: must be a list of at most 32 origins, got a list",
    ],
    ["a mistyped key", { origin: "*" }, 'cors.origin: unknown key; did you mean "origins"?'],
  ];
  for (const [name, cors, issue] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ cors }), [issue]));
  }
});
