import { assertEquals } from "@std/assert";

import { problemOf, startWeb } from "@/tests/routes/web.ts";

Deno.test("POST /api/heartbeats/:service takes a sample without metrics", async (t) => {
  const bodies: [name: string, body: BodyInit | null][] = [
    ["no body", null],
    ["any body", "I am well"],
  ];
  for (const [name, body] of bodies) {
    await t.step(name, async () => {
      const web = await startWeb();
      const response = await web.fetch("/api/heartbeats/nightly-backup", { method: "POST", body });
      assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
      assertEquals(web.monitor.batches, [[{ service: "nightly-backup", metrics: {} }]]);
    });
  }
});

Deno.test("POST /api/heartbeats/:service takes nothing under a wrong name", async (t) => {
  const web = await startWeb();
  for (const name of ["Backup", "a%20b", "a%2Fb", "%C3%A4", "a".repeat(65)]) {
    await t.step(name, async () => {
      const response = await web.fetch(`/api/heartbeats/${name}`, { method: "POST" });
      const { issues } = await problemOf(response, 422);
      const rule = 'must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, but not "." or ".."';
      const found = JSON.stringify(decodeURI(name).replace(/^(a{40})a+$/, "$1…"));
      assertEquals(issues, [{ path: "service", message: `${rule}, got ${found}` }]);
    });
  }
  assertEquals(web.monitor.batches, []);
});

Deno.test("POST /api/heartbeats/:service refuses a body over the limit", async () => {
  const web = await startWeb();
  web.monitor.bodyBytes = 10;
  const init = { method: "POST", body: "x".repeat(11) };
  await problemOf(await web.fetch("/api/heartbeats/backup", init), 413);
  assertEquals(web.monitor.batches, []);
});

Deno.test("POST /api/heartbeats/:service tells the collector's refusal", async () => {
  const web = await startWeb();
  const issue = { path: "service", message: "is not listed" };
  web.monitor.refusal = { kind: "invalid", issues: [{ ...issue, path: "[0].service" }] };
  const response = await web.fetch("/api/heartbeats/backup", { method: "POST" });
  assertEquals((await problemOf(response, 422)).issues, [issue]);
});
