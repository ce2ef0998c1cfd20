import { assertEquals, assertThrows } from "@std/assert";

import { INSTALLED } from "@/tools/permissions.ts";
import { planStart } from "@/tools/start.ts";

Deno.test("planStart() tries the address, builds, then serves with the same permissions", () => {
  const [first = [], build, last = [], ...others] = planStart({ PORT: "8123" }, "/project");
  assertEquals(first.slice(-2), ["serve.ts", "--try-address"]);
  assertEquals(build, [
    ...["run", "--no-prompt", "--allow-read=.", "--allow-write=_fresh", "dev.ts", "build"],
  ]);
  assertEquals(last.slice(-2), ["serve.ts", "--until-stdin-ends"]);
  assertEquals(first.slice(0, -1), last.slice(0, -1));
  assertEquals(last.includes(INSTALLED), true);
  assertEquals(first.includes("--allow-net=127.0.0.1:8123"), true);
  assertEquals(others, []);
});

Deno.test("planStart() refuses an address that is none", () => {
  assertThrows(() => planStart({ PORT: "http" }, "/project"), RangeError, 'PORT "http"');
});

Deno.test("planStart() permits the folder of the history, and lets the build go without", () => {
  const [first = [], build = [], last = []] = planStart({ VITALS_DATA: "/var/kept" }, "/project");
  assertEquals([first, last].map((args) => args.includes("--allow-write=/var/kept")), [true, true]);
  assertEquals(build.some((arg) => arg.includes("/var/kept")), false);
  assertThrows(() => planStart({ VITALS_DATA: "a,b" }, "/project"), RangeError, "VITALS_DATA");
});
