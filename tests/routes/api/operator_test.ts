import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";

import { digestOf } from "@/lib/access/token_book.ts";
import { NO_LEDGER } from "@/lib/ports/ledger.ts";
import { Mutes } from "@/lib/collector/mutes.ts";
import { SilenceDesk } from "@/lib/collector/silence_desk.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";
import { alert } from "@/tests/components/views.ts";
import { ORIGIN, problemOf, startWeb, type Web } from "@/tests/routes/web.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const ID = "HIGH_CPU:checkout:loyw3v28";
const JSON_TYPE = { "content-type": "application/json" };
/** As browsers say it of a page of Vitals. */
const OWN_PAGE = { "sec-fetch-site": "same-origin" };

function write(method: string, body?: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method,
    headers: { ...OWN_PAGE, ...body === undefined ? {} : JSON_TYPE, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
}

async function webWithAlert(options: Parameters<typeof startWeb>[0] = {}): Promise<Web> {
  const web = await startWeb(options);
  const view = alert("HIGH_CPU", "checkout", { id: ID });
  web.desk.details.set(ID, { alert: view, transitions: [], notifications: [] });
  web.desk.receiverList = [{
    ...{ name: "ops", kind: "webhook", state: "ok", queued: 0, failure: null, deliveredAt: null },
  }];
  return web;
}

Deno.test("GET /api/alerts pages by a Link header, and says why each alert is as it is", async () => {
  const web = await startWeb();
  web.monitor.alertList = ["a", "b", "c"].map((name) => alert("HIGH_CPU", name));
  const response = await web.fetch("/api/alerts?limit=2&state=all");
  const list = await response.json();
  assertEquals(list.map((each: { service: string }) => each.service), ["a", "b"]);
  assertEquals(list[0].explanation, "CPU 93.1 % above 85 % for 3 samples");
  const link = response.headers.get("link") ?? "";
  assertEquals(link, '</api/alerts?limit=2&state=all&cursor=b%2FHIGH_CPU>; rel="next"');
  const next = await web.fetch(/<(.*)>/.exec(link)?.[1] ?? "");
  await next.body?.cancel();
  assertEquals(web.monitor.queries.map(({ after, limit }) => [after, limit]), [
    [null, 3],
    ["b/HIGH_CPU", 3],
  ]);
  web.monitor.alertList = web.monitor.alertList.slice(0, 2);
  const last = await web.fetch("/api/alerts?limit=2");
  await last.body?.cancel();
  assertEquals(last.headers.get("link"), null);
});

Deno.test("GET /api/alerts/:id shows one alert, also with its id escaped", async () => {
  const web = await webWithAlert();
  for (const path of [ID, encodeURIComponent(ID)]) {
    const detail = await (await web.fetch(`/api/alerts/${path}`)).json();
    assertEquals([detail.alert.id, detail.transitions], [ID, []]);
  }
  await problemOf(await web.fetch("/api/alerts/none"), 404);
});

Deno.test("an alert is acknowledged, and that is taken back", async () => {
  const web = await webWithAlert();
  const path = `/api/alerts/${ID}/ack`;
  const done = await web.fetch(path, write("POST", { by: " Anna ", note: "on it" }));
  assertEquals([done.status, (await done.json()).id], [200, ID]);
  await (await web.fetch(path, write("POST"))).body?.cancel();
  await (await web.fetch(path, write("DELETE"))).body?.cancel();
  assertEquals(web.desk.acts, [
    ["acknowledge", ID, { by: "Anna", note: "on it" }],
    ["acknowledge", ID, { by: "operator", note: "" }],
    ["unacknowledge", ID],
  ]);
});

Deno.test("an act that cannot be done says why", async (t) => {
  const web = await webWithAlert();
  await t.step("unknown", async () => {
    const problem = await problemOf(await web.fetch("/api/alerts/none/ack", write("POST")), 404);
    assertEquals(problem.detail, 'There is no alert "none"');
  });
  for (
    const [refusal, status] of [
      [{ kind: "conflict", reason: "the alert has ended already" }, 409],
      [{ kind: "full", reason: "no room" }, 429],
      [{ kind: "invalid", issues: [{ path: "endsAt", message: "must be later" }] }, 422],
    ] as const
  ) {
    await t.step(refusal.kind, async () => {
      web.desk.refusal = refusal;
      await problemOf(await web.fetch(`/api/alerts/${ID}/ack`, write("POST")), status);
    });
  }
});

Deno.test("silences are made, shown, changed and ended", async () => {
  const web = await startWeb();
  const body = { match: { service: "checkout", severity: "warning" }, duration: "2h" };
  const made = await web.fetch("/api/silences", write("POST", { ...body, author: "Anna" }));
  assertEquals([made.status, made.headers.get("location")], [201, "/api/silences/silence-1"]);
  assertEquals((await made.json()).id, "silence-1");
  const [[, draft] = []] = web.desk.acts;
  const matcher = { ...MATCH_ALL, service: "checkout", severity: "warning" };
  const endsAt = 1_700_000_000_000 + 7_200_000;
  assertEquals(draft, { matcher, startsAt: null, endsAt, author: "Anna", reason: "" });
  assertEquals((await (await web.fetch("/api/silences/silence-1")).json()).author, "Anna");
  assertEquals((await (await web.fetch("/api/silences?state=expired")).json()).length, 0);
  assertEquals((await (await web.fetch("/api/silences?state=active")).json()).length, 1);
  const until = { match: { rule: "HIGH_*" }, endsAt: "2026-11-24T22:00:00+01:00" };
  const changed = await web.fetch("/api/silences/silence-1", write("PUT", until));
  assertEquals([changed.status, (await changed.json()).id], [200, "silence-1"]);
  const ended = await web.fetch("/api/silences/silence-1", write("DELETE"));
  assertEquals([ended.status, (await ended.json()).id], [200, "silence-1"]);
  assertEquals(web.desk.acts.map(([act]) => act), ["addSilence", "changeSilence", "endSilence"]);
  await problemOf(await web.fetch("/api/silences/none", write("DELETE")), 404);
});

Deno.test("POST /api/silences names what is wrong, and nothing is made", async (t) => {
  const ends = { duration: "2h" };
  const rows: readonly [name: string, body: unknown, path: string, message: string][] = [
    [
      "no matcher",
      ends,
      "match",
      'is missing; it must be an object such as { "service": "checkout" }',
    ],
    [
      "a mistyped field",
      { match: {}, ...ends, reson: "x" },
      "reson",
      'unknown field; did you mean "reason"?',
    ],
    [
      "a mistyped condition",
      { match: { servce: "a" }, ...ends },
      "match.servce",
      'unknown condition; did you mean "service"?',
    ],
    [
      "a bad duration",
      { match: {}, duration: "2" },
      "duration",
      'must be a duration such as "30m" or "2h", at most a hundred years, got "2"',
    ],
    [
      "a duration beyond all dates",
      { match: {}, duration: "99999999999y" },
      "duration",
      'must be a duration such as "30m" or "2h", at most a hundred years, got "99999999999y"',
    ],
    [
      "an instant beyond all dates",
      { match: {}, endsAt: Number.MAX_SAFE_INTEGER },
      "endsAt",
      'must be milliseconds since 1970, or ISO 8601 such as "2026-11-24T22:00:00Z", got 9007199254740991',
    ],
    [
      "a prototype",
      '{"match":{},"duration":"2h","__proto__":{"author":"x"}}',
      "__proto__",
      'unknown field; known are "match", "startsAt", "endsAt", "duration", "author" and "reason"',
    ],
    [
      "a prototype of the matcher",
      '{"match":{"__proto__":{"rule":"x"}},"duration":"2h"}',
      "match.__proto__",
      'unknown condition; known are "service", "rule", "tag" and "severity"',
    ],
    [
      "no end",
      { match: {} },
      "endsAt",
      'is missing; it must be given, or else "duration", but not both',
    ],
    [
      "two ends",
      { match: {}, ...ends, endsAt: 1 },
      "endsAt",
      'must be given, or else "duration", but not both, got 1',
    ],
    [
      "a bad instant",
      { match: {}, endsAt: "tomorrow" },
      "endsAt",
      'must be milliseconds since 1970, or ISO 8601 such as "2026-11-24T22:00:00Z", got "tomorrow"',
    ],
    [
      "a bad severity",
      { match: { severity: "bad" }, ...ends },
      "match.severity",
      'must be "warning" or "critical", got "bad"',
    ],
    [
      "a name with a line break",
      { match: {}, ...ends, author: "a\nb" },
      "author",
      'must be 1 to 64 printable characters, got "a\\nb"',
    ],
  ];
  const web = await startWeb();
  for (const [name, body, path, message] of rows) {
    await t.step(name, async () => {
      const problem = await problemOf(await web.fetch("/api/silences", write("POST", body)), 422);
      assertEquals(problem.issues, [{ path, message }]);
    });
  }
  assertEquals(web.desk.acts, []);
});

Deno.test("bodies that are not JSON, too long, or something else are refused", async () => {
  const web = await startWeb();
  const text = { "content-type": "text/plain" };
  await problemOf(await web.fetch("/api/silences", write("POST", "{")), 400);
  await problemOf(await web.fetch("/api/silences", write("POST", "{}", text)), 415);
  const long = JSON.stringify({ reason: "x".repeat(20_000) });
  await problemOf(await web.fetch("/api/silences", write("POST", long)), 413);
  assertEquals(web.desk.acts, []);
});

Deno.test("POST /api/receivers/:name/test tells what came of it", async () => {
  const web = await webWithAlert();
  const done = await web.fetch("/api/receivers/ops/test", write("POST"));
  assertEquals(await done.json(), { result: "delivered", detail: "HTTP 204" });
  web.desk.delivery = { kind: "permanent", reason: "HTTP 404" };
  const failed = await problemOf(await web.fetch("/api/receivers/ops/test", write("POST")), 502);
  assertEquals(failed.detail, "Cannot deliver to ops: HTTP 404");
  await problemOf(await web.fetch("/api/receivers/none/test", write("POST")), 404);
  assertEquals((await (await web.fetch("/api/receivers")).json())[0].name, "ops");
});

Deno.test("GET /api/notifications pages, filters, and gives each reason in words", async () => {
  const web = await startWeb();
  const entry: NotificationView = {
    ...{ id: "n1", at: 0, receiver: "ops", receiverKind: "webhook", service: "checkout" },
    ...{ incident: "checkout:1", alerts: [ID], severity: "warning", title: "t", state: "held" },
    decision: { kind: "hold", reason: { code: "inhibited", by: "db" } },
    ...{ reason: null, attempts: [], tries: 0, nextTryAt: null },
  };
  web.desk.notificationList = [entry, { ...entry, id: "n2" }];
  const query = `limit=1&state=held&receiver=ops&alert=${encodeURIComponent(ID)}`;
  const response = await web.fetch(`/api/notifications?${query}`);
  const [first, ...others] = await response.json();
  assertEquals([first.explanation, others], ["inhibited by db", []]);
  assert(response.headers.get("link")?.includes("cursor=n1"));
  assertEquals(web.desk.queries, [{
    ...{ receiver: "ops", service: null, alert: ID, state: "held", limit: 2, before: null },
  }]);
  await problemOf(await web.fetch("/api/notifications?state=lost"), 422);
  const counts = await (await web.fetch("/api/notifications/counts")).json();
  assertEquals(counts, { decisions: { first: 2, silenced: 1 }, receivers: {} });
});

/** Every act there is. */
const ACTS: readonly [method: string, path: string][] = [
  ["POST", `/api/alerts/${ID}/ack`],
  ["DELETE", `/api/alerts/${ID}/ack`],
  ["POST", "/api/silences"],
  ["PUT", "/api/silences/s1"],
  ["DELETE", "/api/silences/s1"],
  ["POST", "/api/receivers/ops/test"],
];

const REMOTE: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 5 },
  completed: Promise.resolve(),
};

Deno.test("operator acts want the token when one is set, and tell nothing else", async (t) => {
  const web = await webWithAlert({ token: "correct-horse" });
  for (const [method, path] of ACTS) {
    await t.step(`${method} ${path}`, async () => {
      const realm = 'Bearer realm="Vitals"';
      const rows = [
        ["", realm],
        ["Bearer wrong", `${realm}, error="invalid_token"`],
        ["Basic correct-horse", realm],
      ] as const;
      for (const [authorization, challenge] of rows) {
        const response = await web.fetch(path, write(method, undefined, { authorization }));
        assertEquals(response.headers.get("www-authenticate"), challenge);
        const problem = await problemOf(response, 401);
        assertFalse(JSON.stringify(problem).includes("correct-horse"));
      }
    });
  }
  assertEquals(web.desk.acts, []);
  const authorization = "Bearer correct-horse";
  const done = await web.fetch(
    `/api/alerts/${ID}/ack`,
    write("POST", undefined, { authorization }),
  );
  await done.body?.cancel();
  assertEquals([done.status, web.desk.acts.length], [200, 1]);
});

Deno.test("without a token operator acts come from this machine alone", async (t) => {
  const web = await webWithAlert({ listensOnLoopback: false });
  const ask = (init: RequestInit, path = `/api/alerts/${ID}/ack`, host = "vitals.lan:8000") =>
    web.handle(
      new Request(`http://${host}${path}`, { ...init, headers: { host, ...init.headers } }),
      REMOTE,
    );
  for (const [method, path] of ACTS) {
    await t.step(`${method} ${path} from another machine`, async () => {
      const problem = await problemOf(await ask({ method }, path), 403);
      assert(String(problem.detail).includes("VITALS_TOKEN"));
    });
  }
  assertEquals(web.desk.acts, []);
  await t.step("a page of Vitals on another machine", async () => {
    const own = { ...OWN_PAGE, origin: "http://vitals.lan:8000" };
    const problem = await problemOf(await ask({ method: "POST", headers: own }), 403);
    assert(String(problem.detail).includes("VITALS_TOKEN"));
  });
  await t.step("a page of another site on this machine", async () => {
    const foreign = { origin: "http://evil.example", "sec-fetch-site": "cross-site" };
    const response = await web.fetch(`/api/alerts/${ID}/ack`, { method: "POST", headers: foreign });
    await problemOf(response, 403);
  });
  await t.step("a program on this machine", async () => {
    const info = { ...REMOTE, remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 5 } };
    const request = new Request(`${ORIGIN}/api/alerts/${ID}/ack`, { method: "POST" });
    const response = await web.handle(request, info as Deno.ServeHandlerInfo);
    await response.body?.cancel();
    assertEquals(response.status, 200);
  });
});

for (const host of ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "vitals.lan:8000"]) {
  Deno.test(`who may act at ${host}, for all that a request says of where it comes from`, (t) =>
    tryAll(t, host));
}

async function tryAll(t: Deno.TestContext, host: string): Promise<void> {
  const origins = { none: null, own: `http://${host}`, foreign: "http://evil.example" };
  /** Who is asking, by `Sec-Fetch-Site` and `Origin`. */
  const rows: readonly [site: string | null, origin: keyof typeof origins, who: Asker][] = [
    [null, "none", "program"],
    [null, "own", "own page"],
    [null, "foreign", "foreign page"],
    ["none", "none", "program"],
    ["none", "own", "own page"],
    ["none", "foreign", "foreign page"],
    ["same-origin", "none", "own page"],
    ["same-origin", "own", "own page"],
    ["same-origin", "foreign", "foreign page"],
    ["same-site", "none", "foreign page"],
    ["same-site", "own", "own page"],
    ["same-site", "foreign", "foreign page"],
    ["cross-site", "none", "foreign page"],
    ["cross-site", "own", "own page"],
    ["cross-site", "foreign", "foreign page"],
  ];
  const peers = ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "192.0.2.7", "2001:db8::1"];
  const tokens = [null, "none", "wrong", "right"] as const;
  for (const token of tokens) {
    const web = await webWithAlert({
      listensOnLoopback: false,
      ...token === null ? {} : { token: "correct-horse" },
    });
    for (const [site, origin, who] of rows) {
      for (const hostname of peers) {
        await t.step(`token ${token}, ${who}, site ${site}, ${hostname}`, async () => {
          const given = token === "right" ? "correct-horse" : "battery-staple";
          const headers = Object.entries({
            ...{ host, origin: origins[origin], "sec-fetch-site": site },
            authorization: token === null || token === "none" ? null : `Bearer ${given}`,
          }).flatMap(([name, value]): [string, string][] => value === null ? [] : [[name, value]]);
          const before = web.desk.acts.length;
          const response = await web.handle(
            new Request(`http://${host}/api/alerts/${ID}/ack`, { method: "POST", headers }),
            { ...REMOTE, remoteAddr: { transport: "tcp", hostname, port: 5 } },
          );
          await response.body?.cancel();
          const isLocal = peers.indexOf(hostname) < 4 && host !== "vitals.lan:8000";
          const status = expectedStatus(who, { token, isLocal });
          assertEquals(response.status, status);
          assertEquals(web.desk.acts.length - before, status === 200 ? 1 : 0);
        });
      }
    }
  }
}

type Asker = "program" | "own page" | "foreign page";

function expectedStatus(
  who: Asker,
  { token, isLocal }: {
    readonly token: "none" | "wrong" | "right" | null;
    readonly isLocal: boolean;
  },
): number {
  if (who === "foreign page") return 403;
  if (token === null) return isLocal ? 200 : 403;
  return token === "right" ? 200 : 401;
}

Deno.test("pushing samples is no operator act", async () => {
  const tokens = [{ name: "jobs", sha256: digestOf("job-token"), scopes: ["ingest"] as const }];
  const web = await startWeb({ auth: { tokens } });
  const headers = { authorization: "Bearer job-token" };
  const response = await web.fetch("/api/heartbeats/checkout", { method: "POST", headers });
  await response.body?.cancel();
  assertEquals([response.status, web.audit.list({ limit: 9, before: null })], [202, []]);
});

Deno.test("arbitrary bodies, ids and queries never give a 500, and no refused act reaches the desk", async () => {
  const web = await webWithAlert();
  keepSilences(web);
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constant('{"match":{"service":"*"},"duration":"1h","__proto__":{"author":"x"}}'),
    silenceText(),
  );
  const id = fc.oneof(fc.constantFrom("s1", ID, "ops", "__proto__", "%"), fc.string())
    .map(encodeURIComponentSafe);
  const target = fc.oneof(
    id.map((text) => ["POST", `/api/alerts/${text}/ack`] as const),
    id.map((text) => ["DELETE", `/api/alerts/${text}/ack`] as const),
    fc.constant(["POST", "/api/silences"] as const),
    id.map((text) => ["PUT", `/api/silences/${text}`] as const),
    id.map((text) => ["DELETE", `/api/silences/${text}`] as const),
    id.map((text) => ["POST", `/api/receivers/${text}/test`] as const),
    id.map((text) => ["GET", `/api/alerts/${text}`] as const),
    id.map((text) => ["GET", `/api/silences/${text}`] as const),
    fc.constantFrom("alerts", "notifications", "silences").chain((list) =>
      fc.webQueryParameters().map((query) => ["GET", `/api/${list}?${query}`] as const)
    ),
  );
  const property = fc.asyncProperty(target, body, async ([method, path], text) => {
    const acts = web.desk.acts.length;
    const response = await web.fetch(path, method === "GET" ? {} : write(method, text));
    await response.body?.cancel();
    assert(response.status < 500, `${method} ${path}: ${response.status}`);
    if ([400, 413, 415].includes(response.status)) assertEquals(web.desk.acts.length, acts);
  });
  await fc.assert(property, { numRuns: 500 });
  assertEquals(web.log.errors, []);
});

/** Silences go where they really go, which is where the times of drafts are looked at. */
function keepSilences(web: Web): void {
  const silences = new SilenceDesk({
    ...{ clock: new FakeClock(), mutes: new Mutes(), ledger: NO_LEDGER, matching: () => new Map() },
    ...{ onChange: () => {}, onNextChange: () => {} },
  });
  web.desk.addSilence = (draft) => silences.add(draft);
  web.desk.changeSilence = (id, draft) => silences.change(id, draft);
  web.desk.endSilence = (id) => silences.end(id);
}

/** Mostly right ones, with times far beyond all dates among them. */
function silenceText(): fc.Arbitrary<string> {
  const rarely = (odd: fc.Arbitrary<unknown>, usual: unknown) =>
    fc.oneof({ arbitrary: odd, weight: 1 }, { arbitrary: fc.constant(usual), weight: 9 });
  const instant = fc.oneof(
    fc.maxSafeNat(),
    fc.double(),
    fc.date().map((date) => date.toJSON()),
    fc.constantFrom(0, 1_700_000_001_000, 8_640_000_000_000_001, "9999-12-31T23:59:59-23:59"),
  );
  const duration = fc.oneof(
    fc.tuple(fc.maxSafeNat(), fc.constantFrom("ms", "s", "h", "y", "x"))
      .map(([count, unit]) => `${count}${unit}`),
    fc.constantFrom("0.5ms", `${"9".repeat(400)}y`),
  );
  const end = fc.oneof(
    instant.map((endsAt) => ({ endsAt })),
    duration.map((duration) => ({ duration })),
  );
  return fc.record({
    match: rarely(fc.object(), { service: "*" }),
    startsAt: rarely(instant, null),
    author: rarely(fc.string({ unit: "binary" }), "Anna"),
    reason: rarely(fc.string({ unit: "binary" }), ""),
    end,
  }).map(({ end, ...silence }) => JSON.stringify({ ...silence, ...end }));
}

Deno.test("a silence lasts whole milliseconds", async () => {
  const web = await startWeb();
  const body = { match: { service: "*" }, duration: "0.5ms" };
  const made = await web.fetch("/api/silences", write("POST", body));
  assertEquals((await made.json()).endsAt, 1_700_000_000_001);
});

function encodeURIComponentSafe(text: string): string {
  return encodeURIComponent(text.toWellFormed()) || "x";
}
