import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { QUIET } from "../e2e/running_app.ts";
import { Storm, times } from "./storm.ts";

/** A test names it when it fails, and it can be given back by `VITALS_SEED`. */
const SEED = Number(Deno.env.get("VITALS_SEED") ?? Date.now() % 1_000_000_000);

const JSON_TYPE = "application/json";
const LINES_TYPE = "application/x-ndjson";

/** What is never taken, and what it is answered with. */
const REFUSED:
  readonly (readonly [name: string, type: string, body: string, statuses: number[]])[] = [
    ["no JSON", JSON_TYPE, "{", [400]],
    ["nothing", JSON_TYPE, "", [400]],
    ["a text", JSON_TYPE, '"checkout"', [422]],
    ["null", JSON_TYPE, "null", [422]],
    ["lines that are cut off", LINES_TYPE, '{"service":"a"}\n{"service":"b","met', [400]],
    ["a number that is none", JSON_TYPE, '{"service":"a","metrics":{"cpu":NaN}}', [400]],
    ["a huge number", JSON_TYPE, '{"service":"a","metrics":{"latency":1e400}}', [400, 422]],
    ["an endless number", JSON_TYPE, `{"service":"a","metrics":{"cpu":${"9".repeat(5_000)}}}`, [
      422,
    ]],
    ["deep nesting", JSON_TYPE, `${"[".repeat(100_000)}${"]".repeat(100_000)}`, [400, 422]],
    ["a deep object", JSON_TYPE, `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`, [400, 422]],
    ["half of a character", JSON_TYPE, '{"service":"\\ud800"}', [422]],
    ["a name of the prototype", JSON_TYPE, '{"service":"a","metrics":{"__proto__":1}}', [422]],
    ["a constructor", JSON_TYPE, '{"service":"a","constructor":{"prototype":{"x":1}}}', [422]],
    ["another type", "text/plain", "{}", [415]],
    ["ten megabytes", JSON_TYPE, `[${" ".repeat(10 * 1_048_576)}]`, [413]],
  ];

Deno.test("chaos: input of every bad kind is refused, changes nothing and leaves no trace", async (t) => {
  await using storm = await Storm.begin(QUIET);
  const { origin } = storm.app;
  const before = await namesOf(origin);
  for (const [name, type, body, statuses] of REFUSED) {
    await t.step(name, async () => {
      const { status, problem } = await post(origin, { type, body });
      assert(statuses.includes(status), `${status}: ${JSON.stringify(problem)}`);
      assertEquals(typeof problem.title, "string");
    });
  }
  await storm.rageOften(() =>
    times(150, async (index) => {
      const [, type, body] = REFUSED[index % REFUSED.length] ?? ["", "", ""];
      await post(origin, { type, body });
    }, 8)
  );
  assertEquals(await namesOf(origin), before);
});

Deno.test(`chaos: arbitrary bytes and arbitrary JSON never fail on our side (seed ${SEED})`, async () => {
  await using storm = await Storm.begin(QUIET);
  const { origin } = storm.app;
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.json({ maxDepth: 5 }).map((text) => new TextEncoder().encode(text)),
    fc.jsonValue().map((metrics) =>
      new TextEncoder().encode(JSON.stringify({ service: "a", metrics }))
    ),
  );
  const types = fc.constantFrom(
    JSON_TYPE,
    LINES_TYPE,
    "application/json; charset=utf-8",
    "",
    "a/b;c",
  );
  const paths = fc.constantFrom(
    "/api/samples",
    "/api/silences",
    "/api/faults",
    "/api/heartbeats/a",
  );
  await fc.assert(
    fc.asyncProperty(bodies, types, paths, async (body, type, path) => {
      const answer = await fetch(`${origin}${path}`, {
        method: "POST",
        headers: type === "" ? {} : { "content-type": type },
        body: new Uint8Array(body),
      });
      await answer.body?.cancel();
      assert(answer.status < 500, `${answer.status} of ${path}`);
    }),
    { seed: SEED, numRuns: 300 },
  );
  await storm.calm();
});

Deno.test("chaos: ten thousand new names are taken up to the limit, and then refused with a time to wait", async () => {
  const limit = 2_000;
  await using storm = await Storm.begin({ ...QUIET, limits: { services: limit } });
  const { origin } = storm.app;
  const answers = new Map<number, number>();
  await times(10_000, async (index) => {
    const body = JSON.stringify({ service: `new-${index}`, metrics: { cpu: 1 } });
    const { status, retryAfter } = await post(origin, { type: JSON_TYPE, body });
    if (status === 429) assert(Number(retryAfter) > 0);
    answers.set(status, (answers.get(status) ?? 0) + 1);
  });
  // One of the services is the witness.
  assertEquals(Object.fromEntries(answers), { 202: limit - 1, 429: 10_000 - limit + 1 });
  assertEquals(await storm.counter("vitals_services"), limit);
  assertEquals(await storm.counter("vitals_samples_refused_total"), 10_000 - limit + 1);
  await storm.calm();
});

interface Posted {
  readonly status: number;
  readonly problem: { readonly title?: unknown };
  readonly retryAfter: string | null;
}

async function post(
  origin: string,
  { type, body }: { readonly type: string; readonly body: string },
): Promise<Posted> {
  const headers = { "content-type": type };
  const answer = await fetch(`${origin}/api/samples`, { method: "POST", headers, body });
  const problem = await answer.json();
  return { status: answer.status, problem, retryAfter: answer.headers.get("retry-after") };
}

async function namesOf(origin: string): Promise<string[]> {
  const services: readonly { readonly name: string }[] =
    await (await fetch(`${origin}/api/services`)).json();
  return services.map(({ name }) => name).sort();
}
