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

Deno.test("/api/heartbeats/:service takes GET and HEAD of programs that cannot send POST", async (t) => {
  for (const method of ["GET", "HEAD"]) {
    await t.step(method, async () => {
      const web = await startWeb();
      const response = await web.fetch("/api/heartbeats/backup", { method });
      await response.body?.cancel();
      assertEquals([response.status, response.headers.get("cache-control")], [202, "no-store"]);
      assertEquals(web.monitor.batches, [[{ service: "backup", metrics: {} }]]);
    });
  }
});

Deno.test("/api/heartbeats/:service takes no GET of a page, a preview or a link loaded in advance", async (t) => {
  const web = await startWeb();
  web.jobs.names.add("backup");
  const signs = {
    ...{ "sec-fetch-site": "cross-site", "sec-purpose": "prefetch", purpose: "prefetch" },
    ...{ referer: "http://127.0.0.1:8000/", origin: "http://127.0.0.1:8000" },
  };
  for (const [name, value] of Object.entries(signs)) {
    for (const path of ["/api/heartbeats/backup", "/api/heartbeats/backup/fail"]) {
      await t.step(`${name} ${path}`, async () => {
        const { detail } = await problemOf(
          await web.fetch(path, { headers: { [name]: value } }),
          403,
        );
        assertEquals(detail, "Cannot take this from a browser by GET: use POST");
      });
    }
  }
  assertEquals([web.monitor.batches, web.jobs.ended], [[], []]);
});

Deno.test("POST /api/heartbeats/:service ends the run of a job", async () => {
  const web = await startWeb();
  web.jobs.names.add("backup");
  const response = await web.fetch("/api/heartbeats/backup?run=a.1", { method: "POST" });
  assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
  assertEquals(web.jobs.ended, [{ service: "backup", run: "a.1", failure: null }]);
  assertEquals([web.monitor.batches, web.gate.waits], [[], 1]);
});

Deno.test("POST /api/heartbeats/:service/:outcome takes how a run began and ended", async (t) => {
  const failure = (reason: string, detail: string) => ({ reason, detail });
  const rows: [path: string, body: string | null, failure: unknown][] = [
    ["0", null, null],
    ["000", null, null],
    ["fail", null, failure("failed", "The job said that it failed")],
    ["fail", "disk full", failure("failed", "disk full")],
    ["3", null, failure("exit 3", "The job ended with exit 3")],
    ["3", "  tar: no space\r\n\tleft \u0007\n", failure("exit 3", "tar: no space left")],
    ["KILL", null, failure("signal KILL", "The job ended with signal KILL")],
    ["-1073741819", null, failure("exit -1073741819", "The job ended with exit -1073741819")],
  ];
  for (const [outcome, body, wanted] of rows) {
    await t.step(`${outcome} ${body ?? ""}`, async () => {
      const web = await startWeb();
      web.jobs.names.add("backup");
      const path = `/api/heartbeats/backup/${outcome}`;
      const response = await web.fetch(path, { method: "POST", body });
      assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
      assertEquals<unknown>(web.jobs.ended, [{ service: "backup", run: "", failure: wanted }]);
    });
  }
  await t.step("start", async () => {
    const web = await startWeb();
    web.jobs.names.add("backup");
    const response = await web.fetch("/api/heartbeats/backup/start?run=7", { method: "POST" });
    assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
    assertEquals(web.jobs.started, [{ service: "backup", run: "7" }]);
  });
});

Deno.test("POST /api/heartbeats/:service/:outcome takes a failure however much the job says", async () => {
  const web = await startWeb();
  web.jobs.names.add("backup");
  web.monitor.bodyBytes = 2_000;
  const init = { method: "POST", body: "no space left on device, ".repeat(1_000) };
  const response = await web.fetch("/api/heartbeats/backup/1", init);
  assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
  const detail = web.jobs.ended[0]?.failure?.detail ?? "";
  assertEquals([detail.slice(0, 20), detail.slice(-2), detail.length < 320], [
    ...["no space left on dev", ",…", true],
  ]);
});

Deno.test("POST /api/heartbeats/:service/:outcome says what it does not take", async (t) => {
  const web = await startWeb();
  web.jobs.names.add("backup");
  const outcome = 'must be "start", "fail", an exit code such as 0 or 3, or a signal such as KILL';
  const run = "must be 1 to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen";
  const rows: [path: string, issue: { path: string; message: string }][] = [
    ["backup/done", { path: "outcome", message: `${outcome}, got "done"` }],
    ["backup/1.5", { path: "outcome", message: `${outcome}, got "1.5"` }],
    ["backup/start?run=a%20b", { path: "run", message: `${run}, got "a b"` }],
    ["backup?rnu=a", { path: "rnu", message: 'unknown parameter; known is "run"' }],
    ["checkout/start", {
      path: "service",
      message:
        'must be a service of the configuration with "source": { "kind": "heartbeat", … }, ' +
        'got "checkout"; a bare sign of life goes to /api/heartbeats/checkout',
    }],
  ];
  for (const [path, issue] of rows) {
    await t.step(path, async () => {
      const response = await web.fetch(`/api/heartbeats/${path}`, { method: "POST" });
      assertEquals((await problemOf(response, 422)).issues, [issue]);
    });
  }
  assertEquals([web.monitor.batches, web.jobs.started, web.jobs.ended], [[], [], []]);
});

Deno.test("POST /api/heartbeats/:service/:outcome is answered once it is kept", async () => {
  const web = await startWeb();
  web.jobs.names.add("backup");
  web.gate.result = { kind: "unsafe", reason: "the disk is full" };
  const response = await web.fetch("/api/heartbeats/backup/start", { method: "POST" });
  await problemOf(response, 503);
  web.gate.isFull = true;
  await problemOf(await web.fetch("/api/heartbeats/backup/fail", { method: "POST" }), 429);
  assertEquals([web.jobs.started.length, web.jobs.ended.length], [1, 0]);
});
