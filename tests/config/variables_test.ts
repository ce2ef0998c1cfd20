import { assertEquals } from "@std/assert";

import {
  explainVariables,
  fillAddress,
  fillVariables,
  variablesIn,
} from "@/lib/config/variables.ts";

const ENV: Readonly<Record<string, string | null>> = {
  HOOK_URL: "https://hooks.example.com/a?b=c",
  PATH_PART: "T0/B0/x",
  USER_NAME: "ops@example.com",
  PASSWORD: "p@ss/w:o#r?d%",
  EMPTY: "",
  FORBIDDEN: null,
};
const env = (name: string) => ENV[name];

Deno.test("variablesIn() names each variable as often as it stands there", () => {
  assertEquals(variablesIn("${A}x${b_2}${A} $C ${} ${D-E}"), ["A", "b_2", "A"]);
});

Deno.test("explainVariables() says what is wrong with them, each once", async (t) => {
  const cure = 'must end each "${" with the name of a variable and "}"';
  const rows: readonly [name: string, text: string, issues: readonly string[]][] = [
    ["none", "a $ b {c}", []],
    ["one that is set", "${HOOK_URL}", []],
    ["one that is not set, twice", "${NOPE}${NOPE}", ["the environment has no NOPE"]],
    ["one that is empty", "${EMPTY}", ["the environment has no EMPTY"]],
    ["one that may not be read", "${FORBIDDEN}", ["restart Vitals to let it read FORBIDDEN"]],
    ["a hyphen in its name", "${HOOK-URL}", [cure]],
    ["no end", "x${HOOK_URL", [cure]],
    ["no name", "${}", [cure]],
  ];
  for (const [name, text, issues] of rows) {
    await t.step(name, () => assertEquals(explainVariables(text, env), issues));
  }
});

Deno.test("fillVariables() puts in what the environment has, as it is", () => {
  assertEquals(fillVariables("a${PASSWORD}b", env), "ap@ss/w:o#r?d%b");
});

Deno.test("fillAddress() encodes users and passwords, and nothing else", async (t) => {
  const rows: readonly [name: string, text: string, filled: string][] = [
    ["a whole address", "${HOOK_URL}", "https://hooks.example.com/a?b=c"],
    ["a path", "https://hooks.example.com/${PATH_PART}", "https://hooks.example.com/T0/B0/x"],
    [
      "a user and a password",
      "smtp://${USER_NAME}:${PASSWORD}@mail.example.com:587",
      "smtp://ops%40example.com:p%40ss%2Fw%3Ao%23r%3Fd%25@mail.example.com:587",
    ],
    [
      "one that is written out",
      "smtp://ops%40example.com:${PASSWORD}@mail.example.com",
      "smtp://ops%40example.com:p%40ss%2Fw%3Ao%23r%3Fd%25@mail.example.com",
    ],
    [
      "an @ in the path only",
      "https://hooks.example.com/${PATH_PART}/@me",
      "https://hooks.example.com/T0/B0/x/@me",
    ],
  ];
  for (const [name, text, filled] of rows) {
    await t.step(name, () => assertEquals(fillAddress(text, env), filled));
  }
});

Deno.test("fillAddress() keeps any password whole", () => {
  const url = new URL(fillAddress("smtp://${USER_NAME}:${PASSWORD}@mail.example.com", env));
  assertEquals(url.hostname, "mail.example.com");
  assertEquals(decodeURIComponent(url.password), ENV.PASSWORD);
  assertEquals(decodeURIComponent(url.username), ENV.USER_NAME);
});
