import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";

import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { NotificationView } from "@/lib/protocol/views.ts";
import { alert } from "@/tests/components/views.ts";
import { ORIGIN, problemOf, startWeb, type Web } from "@/tests/routes/web.ts";

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
      'must be a duration such as "30m" or "2h", got "2"',
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
      for (const authorization of ["", "Bearer wrong", "Basic correct-horse"]) {
        const response = await web.fetch(path, write(method, undefined, { authorization }));
        assertEquals(response.headers.get("www-authenticate"), 'Bearer realm="Vitals"');
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
  const read = await web.fetch("/api/alerts");
  await read.body?.cancel();
  assertEquals(read.status, 200);
});

Deno.test("without a token operator acts come from own pages or from this machine", async (t) => {
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
    const response = await ask({ method: "POST", headers: own });
    await response.body?.cancel();
    assertEquals(response.status, 200);
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

Deno.test("pushing samples is no operator act", async () => {
  const web = await startWeb({ token: "correct-horse" });
  const response = await web.fetch("/api/heartbeats/checkout", { method: "POST" });
  await response.body?.cancel();
  assertEquals(response.status, 202);
});

Deno.test("arbitrary bodies, ids and queries never give a 500, and no refused act reaches the desk", async () => {
  const web = await webWithAlert();
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ match: fc.anything(), duration: fc.anything(), __proto__: fc.anything() })
      .map((value) => JSON.stringify(value) ?? ""),
  );
  const id = fc.oneof(fc.constant("s1"), fc.string({ minLength: 1 })).map(encodeURIComponentSafe);
  const target = fc.oneof(
    id.map((text) => ["POST", `/api/alerts/${text}/ack`] as const),
    fc.constant(["POST", "/api/silences"] as const),
    id.map((text) => ["PUT", `/api/silences/${text}`] as const),
    id.map((text) => ["POST", `/api/receivers/${text}/test`] as const),
    fc.string().map((text) =>
      ["GET", `/api/notifications?${encodeURIComponentSafe(text)}`] as const
    ),
  );
  const property = fc.asyncProperty(target, body, async ([method, path], text) => {
    const acts = web.desk.acts.length;
    const init = method === "GET" ? {} : write(method, text);
    const response = await web.fetch(path, init);
    await response.body?.cancel();
    assert(response.status < 500, `${method} ${path}: ${response.status}`);
    if ([400, 413, 415].includes(response.status)) assertEquals(web.desk.acts.length, acts);
  });
  await fc.assert(property, { numRuns: 300 });
});

function encodeURIComponentSafe(text: string): string {
  return encodeURIComponent(text.toWellFormed()) || "x";
}
