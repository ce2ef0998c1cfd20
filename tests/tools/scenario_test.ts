import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import type { ScenarioEvent } from "@/lib/domain/scenario.ts";
import { followScenario, type RunAnswer } from "@/tools/follow_scenario.ts";
import { runScenarioTool, type ScenarioTool } from "@/tools/scenario.ts";
import { parseScenarioFlags } from "@/tools/scenario_flags.ts";

import { FakeClock } from "../support/fake_clock.ts";

const SHIPPED = "simulators/scenarios";
const URL_OF_VITALS = new URL("http://127.0.0.1:8000");

interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
}

async function run(args: readonly string[], tool: Partial<ScenarioTool> = {}): Promise<Ran> {
  const lines: string[] = [];
  const code = await runScenarioTool(args, {
    folder: SHIPPED,
    print: (line) => lines.push(line),
    request: () => Promise.reject(new TypeError("connection refused")),
    token: undefined,
    ...tool,
  });
  return { code, lines };
}

async function withScenario(text: string, act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/trial.jsonc`, text);
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("runScenarioTool() lists what there is", async () => {
  const { code, lines } = await run(["--list"]);
  assertEquals(code, 0);
  assert(
    lines.some((line) => /^monday-morning +10:00\.0 {2}Ten minutes/.test(line)),
    lines.join("\n"),
  );
});

Deno.test("runScenarioTool() plays in virtual time and ends with 0", async () => {
  const { code, lines } = await run(["cascading-outage", "--fast"]);
  assertEquals(code, 0);
  assertStringIncludes(lines[0] ?? "", "cascading-outage: ");
  assert(lines.includes("   0:24.6  SERVICE_DOWN on auth-service fires"), lines.join("\n"));
  assertEquals(lines.at(-1), "All came as expected");
});

Deno.test("runScenarioTool() ends with 1 and says what differs", async () => {
  const text = `{
    "summary": "A trial.", "duration": "30s",
    "services": [{ "name": "a", "profile": "api" }],
    "expects": { "statuses": [{ "at": "9s", "service": "a", "status": "DOWN" }] },
  }`;
  await withScenario(text, async (folder) => {
    const { code, lines } = await run(["trial", "--fast"], { folder });
    assertEquals([code, lines.at(-1)], [
      1,
      "Not as expected, 1 difference:\n  expected a to be DOWN at 9 s ± 3 s, it was HEALTHY",
    ]);
  });
});

Deno.test("runScenarioTool() ends with 2 if a file is wrong, missing, or nothing was said", async () => {
  await withScenario('{\n  "summary": 1\n}', async (folder) => {
    const { code, lines } = await run(["trial", "--fast"], { folder });
    assertEquals(code, 2);
    assertStringIncludes(lines.join("\n"), "trial.jsonc: 4 problems");
    assertStringIncludes(lines.join("\n"), "summary (line 2)");
  });
  assertEquals((await run(["monday-mornin", "--fast"])).lines, [
    'Cannot play "monday-mornin": there is no such file; did you mean "monday-morning"?',
  ]);
  assertEquals((await run([])).code, 2);
});

Deno.test("runScenarioTool() says what to do if no Vitals runs", async () => {
  assertEquals(await run(["calm"]), {
    code: 2,
    lines: [
      "Cannot play on http://127.0.0.1:8000: no Vitals answers there; " +
      "start one with `deno task start`, or play it with --fast",
    ],
  });
});

Deno.test("parseScenarioFlags() refuses what it does not know", () => {
  assertEquals(parseScenarioFlags(["calm"]), { kind: "live", name: "calm", url: URL_OF_VITALS });
  for (const args of [["a", "b"], ["a", "--quick"], ["a", "--url", "ftp://a"], []]) {
    let refused = "";
    try {
      parseScenarioFlags(args);
    } catch (error) {
      if (error instanceof TypeError) refused = error.message;
    }
    assert(refused !== "", args.join(" "));
  }
});

const FIRES: ScenarioEvent = {
  ...{ kind: "alert", atMs: 3_000, service: "a", rule: "HIGH_CPU", change: "firing" },
};

function answer(change: Partial<RunAnswer>): RunAnswer {
  return {
    ...{ name: "calm", summary: "Nothing.", durationMs: 5_000, state: "running", elapsedMs: 0 },
    ...{ at: 0, next: null, differences: [], events: [], ...change },
  };
}

async function follow(answers: readonly RunAnswer[]): Promise<{
  readonly lines: readonly string[];
  readonly isPassed: boolean;
  readonly sent: readonly (string | null)[];
}> {
  const [clock, lines, sent]: [FakeClock, string[], (string | null)[]] = [new FakeClock(), [], []];
  const left = [...answers];
  const followed = followScenario({
    ...{ name: "calm", url: URL_OF_VITALS, token: "secret", clock },
    print: (line) => lines.push(line),
    request: (input, init) => {
      const request = new Request(input, init);
      sent.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
      return Promise.resolve(Response.json(left.shift()));
    },
  });
  await clock.advance(60_000);
  return { lines, sent, isPassed: await followed };
}

Deno.test("followScenario() prints each moment once, and the verdict", async () => {
  const { lines, isPassed, sent } = await follow([
    answer({}),
    answer({ events: [FIRES] }),
    answer({ events: [FIRES], state: "paused" }),
    answer({ events: [FIRES], state: "failed", differences: ["expected nothing"] }),
  ]);
  assertEquals(lines, [
    "calm: Nothing.",
    "   0:03.0  HIGH_CPU on a fires",
    "Not as expected, 1 difference:\n  expected nothing",
  ]);
  assertEquals(isPassed, false);
  assertEquals(sent.slice(0, 2), [
    "POST http://127.0.0.1:8000/api/scenarios/current Bearer secret",
    "GET http://127.0.0.1:8000/api/scenarios/current Bearer secret",
  ]);
});

Deno.test("followScenario() tells a passed run from a stopped one", async () => {
  assertEquals((await follow([answer({ state: "passed" })])).isPassed, true);
  const stopped = await follow([answer({}), answer({ state: "stopped" })]);
  assertEquals([stopped.isPassed, stopped.lines.at(-1)], [false, "Stopped before its end"]);
});
