import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import { parseAgentFlags, toServiceName } from "@/agent/flags.ts";
import { SERVICE_NAME } from "@/lib/domain/sample.ts";

Deno.test("parseAgentFlags() reads the flags", () => {
  const args = ["--url", "https://vitals.example/base", "--service", "web-1", "--interval=250ms"];
  assertEquals(parseAgentFlags(args), {
    kind: "run",
    url: new URL("https://vitals.example/base"),
    service: "web-1",
    intervalMs: 250,
  });
});

Deno.test("parseAgentFlags() needs only the URL", () => {
  assertEquals(parseAgentFlags(["--url", "http://127.0.0.1:8000"]), {
    kind: "run",
    url: new URL("http://127.0.0.1:8000/"),
    service: null,
    intervalMs: 1_000,
  });
});

Deno.test("parseAgentFlags() gives help before it complains", () => {
  assertEquals(parseAgentFlags(["--help"]), { kind: "help" });
  assertEquals(parseAgentFlags(["-h", "--service", "Nope"]), { kind: "help" });
});

Deno.test("parseAgentFlags() says what is wrong in a line", async (t) => {
  const url = ["--url", "http://127.0.0.1:8000"];
  const rows: [string, string[], string][] = [
    ["no URL", [], "--url is missing; give --url http://127.0.0.1:8000 or such"],
    ["no http", ["--url", "127.0.0.1:8000"], "--url must be such as http://127.0.0.1:8000"],
    ["a password", ["--url", "http://a:b@c"], "--url must not hold a user name or password"],
    ["a name", [...url, "--service", "Web 1"], "--service must be 1 to 64 of a-z, 0-9"],
    ["a name of dots", [...url, "--service", ".."], 'but not "." or "..", got ".."'],
    ["no unit", [...url, "--interval", "5"], "--interval must be a duration from 100ms to 1h"],
    ["too often", [...url, "--interval", "99ms"], '100ms to 1h, got "99ms"'],
    ["too seldom", [...url, "--interval", "2h"], '100ms to 1h, got "2h"'],
    ["an unknown flag", [...url, "--nope"], "--nope"],
    ["a stray word", [...url, "nope"], "nope"],
    ["no value", ["--url"], "--url"],
  ];
  for (const [name, args, message] of rows) {
    await t.step(name, () => {
      const error = assertThrows(() => parseAgentFlags(args), TypeError, message);
      assert(/^Cannot start agent: .+$/.test(error.message), error.message);
    });
  }
});

Deno.test("toServiceName() makes a service name of any host name", () => {
  assertEquals(toServiceName("Anna's MacBook.local"), "anna-s-macbook.local");
  assertEquals(toServiceName(""), "host");
  assertEquals(toServiceName(".."), "host");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (hostname) => {
    assert(SERVICE_NAME.test(toServiceName(hostname)));
  }));
});
