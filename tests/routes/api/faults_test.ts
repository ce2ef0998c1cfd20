import { assertEquals } from "@std/assert";

import { MAX_FAULTS } from "@/lib/domain/fault.ts";
import type { SourceView } from "@/lib/protocol/views.ts";
import { service } from "@/tests/components/views.ts";
import { problemOf, startWeb, type Web, type WebOptions } from "@/tests/routes/web.ts";

const SIMULATED: SourceView = {
  kind: "simulated",
  worker: { state: "running", restarts: 0, reason: null },
};
const SPIKE = { service: "auth-service", kind: "cpu-spike" };

async function webWithServices(options?: WebOptions): Promise<Web> {
  const web = await startWeb(options);
  web.monitor.list = [service("auth-service", { source: SIMULATED }), service("checkout")];
  return web;
}

function write(method: string, body?: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method,
    headers: {
      ...{ "sec-fetch-site": "same-origin", "content-type": "application/json" },
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

Deno.test("faults are begun, listed, shown and ended", async () => {
  const web = await webWithServices();
  const made = await web.fetch("/api/faults", write("POST", SPIKE));
  const fault = await made.json();
  assertEquals([made.status, made.headers.get("location")], [201, `/api/faults/${fault.id}`]);
  const startedAt = 1_700_000_000_000;
  assertEquals(fault, {
    ...{ id: fault.id, ...SPIKE, intensity: 0.8, startedAt, durationMs: 30_000 },
  });
  assertEquals(await (await web.fetch("/api/faults")).json(), [fault]);
  assertEquals(await (await web.fetch(`/api/faults/${fault.id}`)).json(), fault);
  const ended = await web.fetch(`/api/faults/${fault.id}`, write("DELETE"));
  assertEquals([ended.status, await ended.json()], [200, fault]);
  assertEquals(await (await web.fetch("/api/faults")).json(), []);
  assertEquals(web.gate.waits, 2);
});

Deno.test("POST /api/faults takes a duration in words or in milliseconds", async () => {
  const web = await webWithServices();
  for (const duration of [{ duration: "2m" }, { durationMs: 120_000 }]) {
    const body = { ...SPIKE, ...duration, intensity: 0 };
    const { durationMs, intensity } = await (await web.fetch("/api/faults", write("POST", body)))
      .json();
    assertEquals([durationMs, intensity], [120_000, 0]);
  }
});

Deno.test("POST /api/faults names what is wrong, and nothing begins", async (t) => {
  const web = await webWithServices();
  const ms = "must be whole milliseconds from 1000 to 86400000";
  const words = 'must be a duration from "1s" to "24h", such as "30s"';
  const degree = "must be a number from 0 (hardly felt) to 1 (as bad as it gets)";
  const kinds = 'must be one of "cpu-spike", "memory-leak", "high-latency", "error-burst", ' +
    '"outage", "crash", "flapping", "clock-skew", "slow-network"';
  const rows: readonly [name: string, body: unknown, path: string, message: string][] = [
    [
      "no service",
      { kind: "crash" },
      "service",
      "is missing; it must be the name of a simulated service",
    ],
    ["no kind", { service: "auth-service" }, "kind", `is missing; it ${kinds}`],
    ["another kind", { ...SPIKE, kind: "fire" }, "kind", `${kinds}, got "fire"`],
    ["too strong", { ...SPIKE, intensity: 1.5 }, "intensity", `${degree}, got 1.5`],
    ["a strength in words", { ...SPIKE, intensity: "high" }, "intensity", `${degree}, got "high"`],
    ["too short", { ...SPIKE, durationMs: 999 }, "durationMs", `${ms}, got 999`],
    ["too long", { ...SPIKE, duration: "25h" }, "duration", `${words}, got "25h"`],
    ["no unit", { ...SPIKE, duration: "30" }, "duration", `${words}, got "30"`],
    [
      "two durations",
      { ...SPIKE, duration: "30s", durationMs: 30_000 },
      "durationMs",
      'must not be given beside "duration", got 30000',
    ],
    [
      "a mistyped field",
      { ...SPIKE, intensty: 1 },
      "intensty",
      'unknown field; did you mean "intensity"?',
    ],
    [
      "a service that is not simulated",
      { ...SPIKE, service: "checkout" },
      "service",
      "checkout is not simulated: faults are for simulated services only",
    ],
  ];
  for (const [name, body, path, message] of rows) {
    await t.step(name, async () => {
      const problem = await problemOf(await web.fetch("/api/faults", write("POST", body)), 422);
      assertEquals(problem.issues, [{ path, message }]);
    });
  }
  assertEquals(web.faults.list(), []);
});

Deno.test("faults that cannot be begun or ended say why", async () => {
  const web = await webWithServices();
  const stranger = write("POST", { ...SPIKE, service: "nobody" });
  const unknown = await problemOf(await web.fetch("/api/faults", stranger), 404);
  assertEquals(unknown.detail, 'There is no service "nobody"');
  for (const method of ["GET", "DELETE"]) {
    const missing = await problemOf(await web.fetch("/api/faults/f1", write(method)), 404);
    assertEquals(missing.detail, 'There is no fault "f1"');
  }
  for (let count = 0; count < MAX_FAULTS; count++) {
    await (await web.fetch("/api/faults", write("POST", SPIKE))).body?.cancel();
  }
  const full = await problemOf(await web.fetch("/api/faults", write("POST", SPIKE)), 429);
  assertEquals(full.detail, "Cannot do that: auth-service has 16 faults, which is the limit");
});

Deno.test("faults are for operators: with a token only for who has it", async () => {
  const web = await webWithServices({ token: "let-me-in" });
  await problemOf(await web.fetch("/api/faults", write("POST", SPIKE)), 401);
  await problemOf(await web.fetch("/api/faults/f1", write("DELETE")), 401);
  const shown = { authorization: "Bearer let-me-in" };
  const made = await web.fetch("/api/faults", write("POST", SPIKE, shown));
  assertEquals([made.status, (await made.json()).kind], [201, "cpu-spike"]);
  assertEquals((await (await web.fetch("/api/faults", { headers: shown })).json()).length, 1);
});
