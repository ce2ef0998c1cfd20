import { assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { HistoryError } from "@/lib/ports/history.ts";
import type { AlertSpanView, EventView, SeriesColumns } from "@/lib/protocol/history_views.ts";
import { alert, NOW } from "@/tests/components/views.ts";
import { problemOf, startWeb, type Web } from "@/tests/routes/web.ts";
import { readCsv } from "@/tests/support/csv.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const HISTORY = "/api/services/checkout/history";
const EVENTS = "/api/services/checkout/events";
const TIMELINE = "/api/services/checkout/timeline";
const ROUTES = [HISTORY, EVENTS, TIMELINE];

const CPU: SeriesColumns = {
  t: [NOW - 20_000, NOW - 10_000],
  min: [1, -2],
  max: [3.5, 4],
  avg: [2.25, 0.1],
  count: [10, 7],
};

const EVENT_LIST: readonly EventView[] = [
  { kind: "status", id: "e4", at: NOW - 1_000, from: "HEALTHY", to: "DEGRADED" },
  {
    kind: "alert",
    id: "e3",
    at: NOW - 1_500,
    change: "firing",
    alert: "HIGH_CPU:checkout:1",
    rule: "HIGH_CPU",
    metric: "cpu",
    severity: "warning",
    value: -97.5,
    limit: 85,
    unit: "%",
    message: '=cmd|"/C calc"!A0, above 85 %',
  },
  { kind: "flapping", id: "e2", at: NOW - 2_000, rule: "HIGH_CPU", flapping: true },
  { kind: "gap", id: "e1", at: NOW - 9_000, to: NOW - 3_000 },
];

async function startHistory(): Promise<Web> {
  const web = await startWeb();
  web.source.sample("checkout", "cpu", 40);
  web.monitor.list = [...web.source.dashboard().services];
  return web;
}

function getCsv(web: Web, path: string): Promise<Response> {
  return web.fetch(path, { headers: { accept: "text/csv" } });
}

Deno.test("GET history answers with the samples of the range that the query asks for", async () => {
  const web = await startHistory();
  web.history.metrics = { cpu: CPU };
  web.history.stepMs = 10_000;
  web.history.gapList = [{ from: NOW - HOUR, to: NOW - 60_000 }];
  const response = await web.fetch(`${HISTORY}?from=-6h&points=50`);
  const { headers } = response;
  assertEquals([response.status, headers.get("content-type")], [200, "application/json"]);
  assertEquals([headers.get("vary"), headers.get("cache-control")], ["Accept", "no-store"]);
  const range = { from: NOW - 6 * HOUR, to: NOW };
  assertEquals(await response.json(), {
    ...range,
    stepMs: 10_000,
    metrics: { cpu: CPU },
    gaps: web.history.gapList,
  });
  assertEquals(web.history.asked, [["samples", { service: "checkout", ...range, points: 50 }]]);
});

Deno.test("GET history as CSV is one row a sample, series after series", async () => {
  const web = await startHistory();
  web.history.metrics = {
    cpu: CPU,
    latency: { t: [NOW - 1], min: [120.5], max: [120.5], avg: [120.5], count: [1] },
  };
  const response = await getCsv(web, HISTORY);
  const { headers } = response;
  assertEquals(headers.get("content-type"), "text/csv; charset=utf-8; header=present");
  assertEquals(headers.get("vary"), "Accept");
  assertEquals(
    headers.get("content-disposition"),
    'attachment; filename="vitals-checkout-history-20231114T211320Z-20231114T221320Z.csv"',
  );
  assertEquals(readCsv(await response.text()), [
    ["time", "metric", "min", "max", "avg", "count"],
    ["2023-11-14T22:13:00.000Z", "cpu", "1", "3.5", "2.25", "10"],
    ["2023-11-14T22:13:10.000Z", "cpu", "-2", "4", "0.1", "7"],
    ["2023-11-14T22:13:19.999Z", "latency", "120.5", "120.5", "120.5", "1"],
  ]);
});

Deno.test("GET history as CSV is a header alone if there is nothing", async () => {
  const response = await getCsv(await startHistory(), HISTORY);
  assertEquals(await response.text(), "time,metric,min,max,avg,count\r\n");
});

Deno.test("GET events answers newest first, page after page of one range", async () => {
  const web = await startHistory();
  web.history.eventList = [...EVENT_LIST];
  const first = await web.fetch(`${EVENTS}?from=-7d&limit=3`);
  assertEquals(await first.json(), EVENT_LIST.slice(0, 3));
  assertEquals(first.headers.get("vary"), "Accept");
  const link = first.headers.get("link") ?? "";
  const [, next = ""] = /^<([^>]+)>; rel="next"$/.exec(link) ?? [];
  assertEquals(next, `${EVENTS}?from=${NOW - 7 * DAY}&limit=3&to=${NOW}&before=e2`);
  const second = await web.fetch(next);
  assertEquals(await second.json(), EVENT_LIST.slice(3));
  assertEquals(second.headers.get("link"), null);
  const asked = { service: "checkout", from: NOW - 7 * DAY, to: NOW, limit: 4 };
  assertEquals(web.history.asked, [
    ["events", { ...asked, before: null }],
    ["events", { ...asked, before: "e2" }],
  ]);
});

Deno.test("GET events as CSV has a row of each kind, and no formula", async () => {
  const web = await startHistory();
  web.history.eventList = [...EVENT_LIST];
  const response = await getCsv(web, EVENTS);
  assertEquals(
    response.headers.get("content-disposition"),
    'attachment; filename="vitals-checkout-events-20231113T221320Z-20231114T221320Z.csv"',
  );
  const [header = [], ...rows] = readCsv(await response.text());
  const found = rows.map((row) => {
    return Object.fromEntries(
      header.map((name, index) => [name, row[index]]).filter(([, cell]) => cell !== ""),
    );
  });
  assertEquals(found, [
    {
      time: "2023-11-14T22:13:19.000Z",
      ...{ kind: "status", id: "e4", from: "HEALTHY", to: "DEGRADED" },
    },
    {
      time: "2023-11-14T22:13:18.500Z",
      ...{ kind: "alert", id: "e3", change: "firing", alert: "HIGH_CPU:checkout:1" },
      ...{ rule: "HIGH_CPU", metric: "cpu", severity: "warning", value: "-97.5" },
      ...{ limit: "85", unit: "%", message: '\'=cmd|"/C calc"!A0, above 85 %' },
    },
    {
      time: "2023-11-14T22:13:18.000Z",
      ...{ kind: "flapping", id: "e2", rule: "HIGH_CPU", flapping: "true" },
    },
    {
      time: "2023-11-14T22:13:11.000Z",
      ...{ until: "2023-11-14T22:13:17.000Z", kind: "gap", id: "e1" },
    },
  ]);
});

Deno.test("GET events as CSV leads to the next page as CSV", async () => {
  const web = await startHistory();
  web.history.eventList = [...EVENT_LIST];
  const ids: unknown[] = [];
  let path: string | undefined = `${EVENTS}?format=csv&limit=3`;
  while (path !== undefined) {
    const response: Response = await web.fetch(path);
    const [header = [], ...rows] = readCsv(await response.text());
    ids.push(...rows.map((row) => row[header.indexOf("id")]));
    path = /^<([^>]+)>/.exec(response.headers.get("link") ?? "")?.[1];
  }
  assertEquals(ids, ["e4", "e3", "e2", "e1"]);
});

Deno.test("GET timeline answers with statuses, alerts and uptime", async () => {
  const web = await startHistory();
  web.history.statusList = [{ at: NOW - 3 * DAY, status: "DOWN" }, {
    at: NOW - 2 * DAY,
    status: "HEALTHY",
  }];
  web.history.gapList = [{ from: NOW - HOUR, to: NOW - HOUR / 2 }];
  const ended: AlertSpanView = {
    ...{ id: "a1", rule: "HIGH_CPU", metric: "cpu", severity: "warning" },
    ...{ firedAt: NOW - 5 * HOUR, resolvedAt: NOW - 4 * HOUR, message: "CPU" },
  };
  web.history.alertList = [ended];
  web.monitor.alertList = [alert("SERVICE_DOWN", "checkout", { id: "a2", firedAt: NOW - 9 })];
  const response = await web.fetch(`${TIMELINE}?from=-4d`);
  assertEquals(response.headers.get("content-type"), "application/json");
  const { uptime, ...view } = await response.json();
  assertEquals(view, {
    from: NOW - 4 * DAY,
    to: NOW,
    spans: [
      { from: NOW - 4 * DAY, to: NOW - 3 * DAY, status: "UNKNOWN" },
      { from: NOW - 3 * DAY, to: NOW - 2 * DAY, status: "DOWN" },
      { from: NOW - 2 * DAY, to: NOW - HOUR, status: "HEALTHY" },
      { from: NOW - HOUR, to: NOW - HOUR / 2, status: "GAP" },
      { from: NOW - HOUR / 2, to: NOW, status: "HEALTHY" },
    ],
    alerts: [ended, {
      ...{ id: "a2", rule: "SERVICE_DOWN", metric: null, severity: "critical" },
      ...{ firedAt: NOW - 9, resolvedAt: null },
      message: "CPU 93.1 % above 85 % for 3 samples",
    }],
  });
  const knownMs = 3 * DAY - HOUR / 2;
  const ratio = (knownMs - DAY) / knownMs;
  assertEquals(uptime, [
    { spanMs: DAY, ratio: 1, knownMs: DAY - HOUR / 2 },
    { spanMs: 7 * DAY, ratio, knownMs },
    { spanMs: 30 * DAY, ratio, knownMs },
  ]);
});

Deno.test("GET history and events negotiate their form", async (t) => {
  const rows: [accept: string | null, query: string, form: "json" | "csv" | 406][] = [
    [null, "", "json"],
    ["*/*", "", "json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "", "json"],
    ["application/json", "", "json"],
    ["text/csv", "", "csv"],
    ["text/csv;q=0.5, application/json;q=0.4", "", "csv"],
    ["text/csv;q=0.4, application/json;q=0.5", "", "json"],
    ["text/csv, */*;q=0.1", "", "csv"],
    ["*/*, application/json;q=0", "", "csv"],
    ["text/html", "", 406],
    ["application/json;q=0, text/csv;q=0", "", 406],
    [null, "?format=csv", "csv"],
    ["text/html,*/*;q=0.8", "?format=csv", "csv"],
    ["text/html", "?format=csv", "csv"],
    ["text/csv", "?format=json", "json"],
  ];
  const web = await startHistory();
  for (const path of [HISTORY, EVENTS]) {
    for (const [accept, query, form] of rows) {
      await t.step(`${path}${query} ${accept}`, async () => {
        const headers = accept === null ? {} : { accept };
        const response = await web.fetch(path + query, { headers });
        assertEquals(response.headers.get("vary"), "Accept");
        if (form === 406) {
          const problem = await problemOf(response, 406);
          assertEquals(problem.title, "Not Acceptable");
          assertMatch(String(problem.detail), /^Cannot answer as ".*": accept "application\/json"/);
          return;
        }
        const type = { json: "application/json", csv: "text/csv; charset=utf-8; header=present" };
        assertEquals([response.status, response.headers.get("content-type")], [200, type[form]]);
        await response.body?.cancel();
      });
    }
  }
});

Deno.test("GET history, events and timeline refuse what they cannot answer", async (t) => {
  const rows: [query: string, path: string, start: string][] = [
    ["from=soon", "from", "must be milliseconds since 1970, ISO 8601 such as"],
    ["from=1700000000", "from", "must be milliseconds since 1970, and looks like seconds"],
    ["from=-1h&to=-2h", "from", 'must be before "to", got "-1h"'],
    ["from=-11y", "from", 'must be at most ten years before "to", got "-11y"'],
    ["to=2030-01-01", "to", "must be at most a minute after now, which is"],
    ["frm=-1h", "frm", 'unknown parameter; did you mean "from"?'],
    ["to=-1h&to=-2h", "to", "must be given once"],
  ];
  const own: [route: string, query: string, path: string, start: string][] = [
    [HISTORY, "points=5001", "points", "must be a whole number from 1 to 5000"],
    [HISTORY, "points=1.5", "points", "must be a whole number from 1 to 5000"],
    [EVENTS, "limit=0", "limit", "must be a whole number from 1 to 1000"],
    [EVENTS, "before=", "before", "must be the id of an event"],
  ];
  const web = await startHistory();
  const all = [...ROUTES.flatMap((route) => rows.map((row) => [route, ...row] as const)), ...own];
  for (const [route, query, path, start] of all) {
    await t.step(`${route}?${query}`, async () => {
      const problem = await problemOf(await web.fetch(`${route}?${query}`), 422);
      const issues = problem.issues as { readonly path: string; readonly message: string }[];
      const told = issues.map((issue) => [issue.path, issue.message.slice(0, start.length)]);
      assertEquals(told, [[path, start]]);
    });
  }
  assertEquals(web.history.asked, []);
});

Deno.test("GET history, events and timeline know no service that the monitor does not", async () => {
  const web = await startHistory();
  for (const route of ROUTES) {
    const response = await web.fetch(route.replace("checkout", "chekout"));
    assertEquals((await problemOf(response, 404)).detail, 'There is no service "chekout"');
  }
  assertEquals(web.history.asked, []);
});

Deno.test("GET history, events and timeline answer 503 if history fails, and keep why", async () => {
  const web = await startHistory();
  const message = "Cannot read /data/vitals.db: it is damaged; restore a copy";
  web.history.fault = new HistoryError("corrupt", message);
  for (const route of ROUTES) {
    const response = await web.fetch(route);
    assertEquals(response.headers.get("retry-after"), "5");
    const problem = await problemOf(response, 503);
    assertEquals(
      problem.detail,
      "Cannot read history now: try again in 5 s; the log of Vitals says what is wrong",
    );
  }
  const logged = web.log.errors.map(({ fields }) => fields?.cause);
  assertEquals(logged, ROUTES.map(() => `HistoryError: ${message}`));
});

Deno.test("GET history, events and timeline answer 500 for a fault of another kind", async () => {
  const web = await startHistory();
  web.history.fault = new TypeError("secret");
  for (const route of ROUTES) {
    assertEquals("detail" in await problemOf(await web.fetch(route), 500), false);
  }
});

Deno.test("HEAD of history, events and timeline is GET without the body", async (t) => {
  const web = await startHistory();
  web.history.eventList = [...EVENT_LIST];
  for (const path of [HISTORY, `${HISTORY}?format=csv`, `${EVENTS}?limit=1`, TIMELINE]) {
    await t.step(path, async () => {
      const [get, head] = [await web.fetch(path), await web.fetch(path, { method: "HEAD" })];
      assertEquals([head.status, head.body], [200, null]);
      for (const name of ["content-type", "content-disposition", "link", "vary"]) {
        assertEquals(head.headers.get(name), get.headers.get(name), name);
      }
      await get.body?.cancel();
    });
  }
});

Deno.test("GET history, events and timeline answer 200 or 422 to any query", async () => {
  const web = await startHistory();
  web.history.metrics = { cpu: CPU };
  web.history.eventList = [...EVENT_LIST];
  const name = fc.constantFrom("from", "to", "points", "limit", "before", "format", "x");
  const duration = fc.tuple(fc.nat(), fc.constantFrom("ms", "s", "m", "h", "d", "y"))
    .map(([count, unit]) => `-${count}${unit}`);
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."0123456789-+:.TZhdye %") }),
    fc.double().map(String),
    fc.integer({ min: 0, max: NOW + DAY }).map(String),
    fc.date().map((date) => JSON.stringify(date)?.replaceAll('"', "") ?? ""),
    fc.constantFrom("json", "csv", "e3", "1", "500"),
    duration,
  );
  const query = fc.oneof(
    fc.array(fc.tuple(name, value), { maxLength: 4 })
      .map((pairs) => new URLSearchParams(pairs.map(([key, text]) => [key, text])).toString()),
    fc.string({ unit: "binary" }).map((text) => text.replace(/#/g, "")),
  );
  const statuses = new Set<number>();
  const property = fc.asyncProperty(fc.constantFrom(...ROUTES), query, async (route, query) => {
    const response = await web.fetch(`${route}?${query}`);
    const text = await response.text();
    statuses.add(response.status);
    assertEquals([200, 422].includes(response.status), true, `${response.status} ${text}`);
  });
  await fc.assert(property, { numRuns: 500 });
  assertEquals([...statuses].sort(), [200, 422]);
  assertEquals(web.log.errors, []);
});
