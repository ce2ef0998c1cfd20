import { assertEquals } from "@std/assert";

import { problemOf, startWeb, type Web, type WebOptions } from "@/tests/routes/web.ts";
import { service } from "@/tests/components/views.ts";
import { playable } from "@/tests/support/playable.ts";

const CURRENT = "/api/scenarios/current";
const OUTAGE = { at: "10s", service: "auth-service", kind: "outage", duration: "20s" };

async function webWithScenarios(options?: WebOptions): Promise<Web> {
  const web = await startWeb(options);
  const worker = { state: "running", restarts: 0, reason: null } as const;
  web.monitor.list = [service("auth-service", { source: { kind: "simulated", worker } })];
  web.offer = {
    scenarios: [playable({ timeline: [OUTAGE] }), playable({}, "misfit")],
    problems: new Map([["broken", "line 3: no"]]),
  };
  return web;
}

function write(method: string, body?: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method,
    headers: { "sec-fetch-site": "same-origin", "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

Deno.test("GET /api/scenarios lists what can be played, as the files are now", async () => {
  const web = await webWithScenarios();
  const trial = { name: "trial", summary: "A trial.", durationMs: 60_000 };
  assertEquals(await (await web.fetch("/api/scenarios")).json(), [
    trial,
    { ...trial, name: "misfit" },
  ]);
});

Deno.test("a scenario is started, shown, paused, resumed and stopped", async () => {
  const web = await webWithScenarios();
  await problemOf(await web.fetch(CURRENT), 404);
  const begun = await web.fetch(CURRENT, write("POST", { name: "trial" }));
  assertEquals([begun.status, begun.headers.get("location")], [201, CURRENT]);
  assertEquals((await begun.json()).state, "running");
  await web.clock.advance(12_000);
  const shown = await (await web.fetch(CURRENT)).json();
  assertEquals([shown.state, shown.elapsedMs, shown.next.what], [
    ...["running", 12_000, "end of outage on auth-service"],
  ]);
  assertEquals(shown.events, [
    { kind: "fault", atMs: 10_000, service: "auth-service", fault: "outage" },
  ]);
  for (
    const [path, method, state] of [
      [`${CURRENT}/pause`, "POST", "paused"],
      [`${CURRENT}/pause`, "DELETE", "running"],
      [CURRENT, "DELETE", "stopped"],
    ] as const
  ) {
    const response = await web.fetch(path, write(method));
    assertEquals([response.status, (await response.json()).state], [200, state]);
  }
  assertEquals(web.faults.list(), []);
});

Deno.test("POST /api/scenarios/current says why a scenario cannot be played", async (t) => {
  const rows: [name: string, body: unknown, status: number, detail: string][] = [
    ["unknown", { name: "nothing" }, 404, 'There is no scenario "nothing"'],
    ["broken", { name: "broken" }, 409, "Cannot do that: line 3: no"],
    ["misfit", { name: "misfit" }, 409, 'Cannot do that: "misfit" needs another world'],
    ["no name", {}, 422, "Cannot start a scenario: nothing was changed"],
  ];
  for (const [name, body, status, detail] of rows) {
    await t.step(name, async () => {
      const web = await webWithScenarios();
      const problem = await problemOf(await web.fetch(CURRENT, write("POST", body)), status);
      assertEquals(problem.detail, detail);
    });
  }
});

Deno.test("acts on a scenario that is not there are conflicts", async () => {
  const web = await webWithScenarios();
  for (const [path, method] of [[CURRENT, "DELETE"], [`${CURRENT}/pause`, "POST"]] as const) {
    const problem = await problemOf(await web.fetch(path, write(method)), 409);
    assertEquals(problem.detail, "Cannot do that: no scenario is played");
  }
});

Deno.test("only operators start scenarios", async () => {
  const web = await webWithScenarios({ token: "sesame-sesame-sesame" });
  await problemOf(await web.fetch(CURRENT, write("POST", { name: "trial" })), 401);
  const authorization = "Bearer sesame-sesame-sesame";
  const begun = await web.fetch(CURRENT, write("POST", { name: "trial" }, { authorization }));
  assertEquals(begun.status, 201);
});
