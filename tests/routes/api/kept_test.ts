import { assertEquals } from "@std/assert";

import type { CommitResult } from "@/lib/ports/ledger.ts";

import { problemOf, startWeb, type Web } from "../web.ts";

const SAMPLE = JSON.stringify({ service: "checkout", metrics: { cpu: 20 } });

const JSON_TYPE = { "content-type": "application/json" };

function push(web: Web): Promise<Response> {
  return web.fetch("/api/samples", { method: "POST", headers: JSON_TYPE, body: SAMPLE });
}

function beat(web: Web): Promise<Response> {
  return web.fetch("/api/heartbeats/checkout", { method: "POST" });
}

Deno.test("samples and heartbeats are answered once they are kept (promise 4)", async () => {
  const web = await startWeb();
  for (const send of [push, beat]) {
    const asked = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<CommitResult>();
    web.gate.committed = () => {
      asked.resolve();
      return promise;
    };
    const seen = { answered: false };
    const answer = send(web).then((response) => {
      seen.answered = true;
      return response;
    });
    await asked.promise;
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
    assertEquals([web.monitor.batches.length > 0, seen.answered], [true, false]);
    resolve({ kind: "kept" });
    const response = await answer;
    assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
  }
});

Deno.test("samples that are watched but not kept are answered with 503", async () => {
  const web = await startWeb();
  web.gate.result = { kind: "unsafe", reason: "the disk is full" };
  for (const send of [push, beat]) {
    const response = await send(web);
    assertEquals(response.headers.get("retry-after"), "5");
    const problem = await problemOf(response, 503);
    assertEquals(
      problem.detail,
      "The samples are watched, but cannot be kept for now; send them again later: the disk is full",
    );
  }
  assertEquals(web.monitor.batches.length, 2);
});

Deno.test("samples that come faster than they are written are refused with 429, and not taken", async () => {
  const web = await startWeb();
  web.gate.isFull = true;
  for (const send of [push, beat]) {
    const response = await send(web);
    assertEquals(response.headers.get("retry-after"), "1");
    await problemOf(response, 429);
  }
  assertEquals(web.monitor.batches, []);
});

Deno.test("acts of operators are answered once they are kept", async () => {
  const web = await startWeb();
  const body = JSON.stringify({ match: { service: "*" }, duration: "1h" });
  const headers = { ...JSON_TYPE, "sec-fetch-site": "same-origin" };
  const made = await web.fetch("/api/silences", { method: "POST", headers, body });
  assertEquals([made.status, web.gate.waits], [201, 1]);
  assertEquals((await web.fetch("/api/silences")).status, 200);
  assertEquals(web.gate.waits, 1);
});
