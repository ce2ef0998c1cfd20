import { assertEquals, assertThrows } from "@std/assert";

import { INSTALLED, serverPermissions } from "@/tools/permissions.ts";
import { planServe } from "@/tools/serve.ts";

Deno.test("planServe() serves what is built, downloads nothing, and permits what start permits", () => {
  const env = { HOST: "0.0.0.0", VITALS_DATA: "/var/lib/vitals" };
  assertEquals(planServe(env, "/project"), [
    [
      "run",
      "--cached-only",
      INSTALLED,
      ...serverPermissions(env, "/project"),
      "serve.ts",
      "--until-stdin-ends",
    ],
  ]);
});

Deno.test("planServe() refuses an address that is none", () => {
  assertThrows(() => planServe({ PORT: "http" }, "/project"), RangeError, 'PORT "http"');
});
