import { assert, assertEquals } from "@std/assert";

import { startWholeApp, type WholeApp } from "@/tests/routes/openapi/whole_app.ts";
import { routePaths } from "@/tests/routes/route_paths.ts";
import { startWeb } from "@/tests/routes/web.ts";

const HOST = "127.0.0.1:8000";
const OWN = `http://${HOST}`;
const CONFIGURED = "https://vitals.example.com";

const UNSAFE = ["POST", "PUT", "PATCH", "DELETE"];

const ORIGINS = [
  ...[null, OWN, CONFIGURED, "https://evil.example", "null", "http://127.0.0.1:9000"],
  ...["http://localhost:8000", "https://127.0.0.1:8001", "http://127.0.0.1.evil.example:8000"],
  ...["https://evil.vitals.example.com", "http://vitals.example.com", "", "file://", "garbage"],
];

const SITES = [null, "same-origin", "same-site", "cross-site", "none", "garbage"];

/** Those that a form or a script of another site may send without asking first, and JSON, which it may not. */
const TYPES = [
  ...["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", null],
  "application/json",
];

Deno.test("a write is refused unless a page of ours, or no page at all, sends it: every route, method, origin, site and type", async () => {
  const web = await startWeb();
  web.monitor.configuredOrigins = [CONFIGURED];
  let asked = 0;
  for (const path of await routePaths()) {
    for (const [method, origin, site] of product(UNSAFE, ORIGINS, SITES)) {
      const type = TYPES[asked++ % TYPES.length] ?? null;
      const answer = await web.fetch(path.replace(/\{\w+\}/g, "x"), {
        method,
        headers: headersOf({ origin, "sec-fetch-site": site, "content-type": type }),
        body: "x=1",
      });
      await answer.body?.cancel();
      const what = `${method} ${path} ${origin} ${site} ${type}: ${answer.status}`;
      assertEquals(answer.status === 403, !isTrusted(origin, site), what);
    }
  }
  assert(asked > 10_000);
});

function* product<A, B, C>(
  first: readonly A[],
  second: readonly B[],
  third: readonly C[],
): Generator<[A, B, C]> {
  for (const a of first) for (const b of second) for (const c of third) yield [a, b, c];
}

/** Browsers send one of the two headers at least; programs send neither. */
function isTrusted(origin: string | null, site: string | null): boolean {
  if (origin === null) return site === null || site === "same-origin" || site === "none";
  return origin === OWN || origin === CONFIGURED;
}

Deno.test("what a page of another site sends changes nothing, though its type is simple and it is signed in", async () => {
  const app = await startWholeApp();
  try {
    const before = await stateOf(app);
    for (const [method, path, body] of WRITES(app)) {
      for (const type of TYPES) {
        const headers = headersOf({ origin: "https://evil.example", "content-type": type });
        const answer = await app.web.fetch(path, { method, headers, body });
        await answer.body?.cancel();
        assertEquals(answer.status, 403, `${method} ${path}`);
      }
    }
    assertEquals(await stateOf(app), before);
  } finally {
    await app.monitor.stop();
  }
});

Deno.test("bodies of JSON are not taken under a type that a form can send", async () => {
  const app = await startWholeApp();
  try {
    for (const [method, path, body] of WRITES(app)) {
      if (body === null) continue;
      for (const type of ["application/x-www-form-urlencoded", "text/plain"]) {
        const headers = headersOf({ "content-type": type });
        const answer = await app.web.fetch(path, { method, headers, body });
        await answer.body?.cancel();
        assertEquals(answer.status, 415, `${method} ${path} ${type}`);
      }
    }
  } finally {
    await app.monitor.stop();
  }
});

type Write = readonly [method: string, path: string, body: string | null];

const WRITES = ({ firing, silence, fault }: WholeApp): readonly Write[] => [
  ["POST", "/api/samples", '{"service":"evil"}'],
  ["POST", "/v1/metrics", "{}"],
  ["POST", "/api/heartbeats/evil", null],
  ["POST", `/api/alerts/${firing}/ack`, '{"by":"evil"}'],
  ["DELETE", `/api/alerts/${firing}/ack`, null],
  [
    "POST",
    "/api/silences",
    '{"matcher":{"service":"*"},"duration":"1h","author":"e","reason":"e"}',
  ],
  ["DELETE", `/api/silences/${silence}`, null],
  [
    "POST",
    "/api/faults",
    '{"service":"auth-service","kind":"crash","intensity":1,"durationMs":9000}',
  ],
  ["DELETE", `/api/faults/${fault}`, null],
  ["POST", "/api/scenarios/current", '{"name":"cpu-spike"}'],
];

async function stateOf({ web }: WholeApp): Promise<unknown[]> {
  const paths = ["/api/services", "/api/alerts?state=all", "/api/silences", "/api/faults"];
  const answers = await Promise.all(paths.map((path) => web.fetch(path)));
  assert(answers.every(({ ok }) => ok));
  return await Promise.all(answers.map((answer) => answer.json()));
}

function headersOf(values: Readonly<Record<string, string | null>>): Record<string, string> {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== null);
  return { host: HOST, ...Object.fromEntries(given) };
}
