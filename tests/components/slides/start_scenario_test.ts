import { assertEquals } from "@std/assert";

import { startScenario } from "@/components/slides/start_scenario.ts";

const json = (status: number, body: unknown) => () =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));

Deno.test("startScenario() asks for monday-morning", async () => {
  const requests: [string, RequestInit][] = [];
  const send = (path: string, init: RequestInit) => {
    requests.push([path, init]);
    return json(201, {})();
  };
  await startScenario({ send });
  const [[path, init] = ["", {}]] = requests;
  assertEquals([path, init.method, init.body], [
    "/api/scenarios/current",
    "POST",
    '{"name":"monday-morning"}',
  ]);
});

Deno.test("startScenario() says in words what came of it", async (t) => {
  const rows: readonly [name: string, send: () => Promise<Response>, words: string][] = [
    ["it runs", json(201, { durationMs: 600_000 }), "monday-morning runs, 10 min long."],
    ["it runs, for seconds", json(200, { durationMs: 45_000 }), "monday-morning runs, 45 s long."],
    ["it runs, for nobody knows how long", json(202, {}), "monday-morning runs."],
    [
      "no such route",
      json(404, {}),
      "This Vitals has no scenario monday-morning. The simulated services go on by themselves.",
    ],
    [
      "another one is played",
      json(409, { detail: 'Cannot do that: "calm" is played, stop it first' }),
      'The scenario did not start: "calm" is played, stop it first.',
    ],
    [
      "its services are others here",
      json(409, { detail: 'Cannot do that: service "auth-service" has other rules' }),
      'The scenario did not start: service "auth-service" has other rules.',
    ],
    [
      "a token",
      json(401, {}),
      "Sign in on the dashboard first: only who is signed in starts a scenario.",
    ],
    [
      "refused with a reason",
      json(422, { detail: "Cannot start it: no simulated services." }),
      "The scenario did not start: Cannot start it: no simulated services.",
    ],
    [
      "a proxy answers",
      () => Promise.resolve(new Response("<h1>Bad gateway</h1>", { status: 502 })),
      "The scenario did not start: HTTP 502.",
    ],
    [
      "nobody answers",
      () => Promise.reject(new TypeError("gone")),
      "Vitals did not answer, so nothing was started.",
    ],
  ];
  for (const [name, send, words] of rows) {
    await t.step(name, async () => assertEquals(await startScenario({ send }), words));
  }
});
