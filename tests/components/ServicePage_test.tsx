import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { nothingKnown, type PastAnswer, type PastData } from "@/components/service/past_data.ts";
import { CHART_HEIGHT } from "@/components/service/series_drawing.ts";
import { WindowBar } from "@/components/service/WindowBar.tsx";
import ServicePage from "@/islands/ServicePage.tsx";
import { parseWindowChoice, spanOf } from "@/lib/domain/time_window.ts";
import type { EventView, SeriesColumns } from "@/lib/protocol/history_views.ts";
import type { AlertView, ServiceView } from "@/lib/protocol/views.ts";

import { alert, metric, NOW, service, snapshot } from "./views.ts";

const MINUTE = 60_000;

/** Every ten minutes of the last hour but for half an hour, around a gap. */
const COLUMNS: SeriesColumns = {
  t: [60, 50, 10].map((minutes) => NOW - minutes * MINUTE),
  min: [30, 35, 40],
  max: [50, 45, 60],
  avg: [40, 41, 50],
  count: [600, 600, 600],
};

Deno.test("ServicePage shows what a service is, how it is and how it was", () => {
  const text = textOf(render({
    service: {
      ...{ tags: ["eu"], dependsOn: ["db", "cart"], status: "DEGRADED", since: NOW - 41_000 },
    },
    data: {
      timeline: {
        ...{ from: NOW - 60 * MINUTE, to: NOW, spans: [], alerts: [] },
        uptime: [
          { spanMs: 86_400_000, ratio: 0.9998, knownMs: 86_400_000 },
          { spanMs: 7 * 86_400_000, ratio: null, knownMs: 0 },
        ],
      },
    },
  }));
  for (
    const words of [
      "▲ DEGRADED",
      "eu · pushed",
      "for 41 s, since 22:12:39 UTC",
      "heartbeat 0.5 s ago",
      "depends on db , cart",
      "99.98 % up, 24 h",
      "no record up, 7 d",
    ]
  ) assert(text.includes(words), `${words} is missing in ${text}`);
});

Deno.test("ServicePage says when a job is expected, and which of its runs are under way", () => {
  const runs = [
    { id: "", startedAt: NOW - 3 * MINUTE },
    { id: "eu-7", startedAt: NOW - 41_000 },
  ];
  const source = { kind: "heartbeat", about: "every 1 h", runs } as const;
  const text = textOf(render({ service: { source } }));
  assert(text.includes("heartbeat: every 1 h"), text);
  assert(text.includes("run under way for 3 min"), text);
  assert(text.includes("run eu-7 under way for 41 s"), text);
});

Deno.test("ServicePage links to the services that it depends on, and to its card", () => {
  const html = render({ service: { dependsOn: ["db"] } });
  assert(html.includes('<a href="/services/db">db</a>'));
  assert(html.includes('<a href="/#service-auth">Dashboard</a>'));
});

Deno.test("ServicePage offers each window as a link", () => {
  const html = render({ query: "window=6h" });
  const nav = between(html, '<nav class="tabs"', "</nav>");
  assertEquals([...nav.matchAll(/href="([^"]*)"/g)].map(([, href]) => href), [
    ...["?window=5m", "?window=1h", "?window=6h", "?window=24h", "?window=7d", "?window=30d"],
    "?window=1y",
  ]);
  assert(/href="\?window=6h" aria-current="page"/.test(nav), nav);
});

Deno.test("ServicePage says which part is zoomed in on, and leads back", () => {
  const html = render({ query: `window=6h&from=${NOW - MINUTE}&to=${NOW}` });
  assert(textOf(html).includes("22:12:20 UTC – 22:13:20 UTC"), textOf(html));
  const bar = between(html, 'class="zoom"', "</button>");
  assert(bar.includes('href="?window=6h"') && bar.includes("Back to now"), bar);
});

Deno.test("ServicePage says the dates alone of a part that is longer than two days", () => {
  const from = NOW - 400 * 1_440 * MINUTE;
  const text = textOf(render({ query: `window=1y&from=${from}&to=${NOW - 3 * 1_440 * MINUTE}` }));
  assert(text.includes("10 Oct 2022 – 11 Nov Back to now"), text);
});

Deno.test("WindowBar does not call live what is stale", () => {
  const choice = parseWindowChoice(new URLSearchParams());
  const textWhile = (isStale: boolean) =>
    textOf(
      renderToString(<WindowBar {...{ choice, isStale }} choose={() => {}} onZoom={() => {}} />),
    );
  assert(textWhile(false).includes("live"));
  assertFalse(textWhile(true).includes("live"));
  assert(textWhile(true).includes("stale"));
});

Deno.test("ServicePage draws line, band and limit, cut where samples are missing", () => {
  const html = render({ data: { history: historyOf({ cpu: COLUMNS }) } });
  const chart = between(html, 'data-metric="cpu"', "</section>");
  const line = /class="mean" d="([^"]*)"/.exec(chart)?.[1] ?? "";
  assertEquals(line.match(/M/g)?.length, 2, line);
  assert(/class="band" d="M[^"]+z"/.test(chart));
  assert(chart.includes('class="limit" data-kind="limit"'));
  assert(textOf(chart).includes("limit 85 %"), textOf(chart));
});

Deno.test("ServicePage names a limit within the chart, however near to an edge", () => {
  const limitText = (highest: number) => {
    const cpu = { ...COLUMNS, max: [50, 45, highest], avg: [50, 45, highest] };
    const html = render({ data: { history: historyOf({ cpu }) } });
    const [, y, dy] = /class="limit-text"[^>]* y="([\d.]+)" dy="(-?\d+)"/.exec(html) ?? [];
    return Number(y) + Number(dy);
  };
  for (const highest of [60, 170, 10_000]) {
    const y = limitText(highest);
    assert(y > 10 && y < CHART_HEIGHT, `${y} for ${highest}`);
  }
});

Deno.test("ServicePage has a table of each chart, with caption and header cells", () => {
  const html = render({ data: { history: historyOf({ cpu: COLUMNS }) } });
  const table = between(between(html, 'data-metric="cpu"', "</section>"), "<table", "</table>");
  assertEquals(table.match(/scope="col"/g)?.length, 5);
  assertEquals(table.match(/scope="row"/g)?.length, 3);
  assert(textOf(table).startsWith("CPU in this window"), textOf(table));
  assert(textOf(table).includes("21:13:20 UTC 40.0 % 30.0 % 50.0 % 600"), textOf(table));
});

Deno.test("ServicePage says when no monitor was running", () => {
  const gap = { from: NOW - 45 * MINUTE, to: NOW - 20 * MINUTE };
  const spans = [
    { from: NOW - 60 * MINUTE, to: gap.from, status: "HEALTHY" as const },
    { ...gap, status: "GAP" as const },
    { from: gap.to, to: NOW, status: "HEALTHY" as const },
  ];
  const html = render({
    data: {
      history: { ...historyOf({ cpu: COLUMNS }), gaps: [gap] },
      timeline: { from: NOW - 60 * MINUTE, to: NOW, spans, alerts: [], uptime: [] },
    },
  });
  const text = textOf(html);
  assert(text.includes("monitor was not running 21:28 UTC–21:53 UTC"), text);
  assert(text.includes("healthy 35 min, monitor not running 25 min"), text);
  assert(html.includes('class="span" data-status="GAP"'));
});

Deno.test("ServicePage keeps the words of a gap away from those of a limit", () => {
  const gap = { from: NOW - 45 * MINUTE, to: NOW - 20 * MINUTE };
  const wordsY = (highest: number) => {
    const cpu = { ...COLUMNS, max: [50, 45, highest] };
    const html = render({ data: { history: { ...historyOf({ cpu }), gaps: [gap] } } });
    return Number(/class="gap">.*?<text y="([\d.]+)"/s.exec(html)?.[1]);
  };
  assertEquals(wordsY(60), CHART_HEIGHT / 2, "the limit is near to the upper edge");
  assert(Math.abs(wordsY(170) - CHART_HEIGHT / 2) > 34, "the limit is in the middle");
});

Deno.test("ServicePage lists the statuses as a table", () => {
  const spans = [
    { from: NOW - 60 * MINUTE, to: NOW - MINUTE, status: "HEALTHY" as const },
    { from: NOW - MINUTE, to: NOW, status: "DOWN" as const },
  ];
  const timeline = { from: NOW - 60 * MINUTE, to: NOW, spans, alerts: [], uptime: [] };
  const table = between(render({ data: { timeline } }), "<table", "</table>");
  assert(textOf(table).endsWith("22:12:20 UTC 22:13:20 UTC down 1 min"), textOf(table));
});

Deno.test("ServicePage shades the alerts of a metric, and a silence on all charts", () => {
  const fired = { severity: "warning" as const, firedAt: NOW - 30 * MINUTE, message: "hot" };
  const html = render({
    service: { metrics: { cpu: metric(), memory: metric() } },
    data: {
      timeline: {
        ...{ from: NOW - 60 * MINUTE, to: NOW, spans: [], uptime: [] },
        alerts: [
          { ...fired, id: "a", rule: "HIGH_CPU", metric: "cpu", resolvedAt: null },
          { ...fired, id: "b", rule: "SERVICE_DOWN", metric: null, resolvedAt: NOW - MINUTE },
        ],
      },
    },
  });
  const shades = (id: string) =>
    [...between(html, `data-metric="${id}"`, "</section>").matchAll(/<title>(\w+), warning: hot/g)]
      .map(([, rule]) => rule);
  assertEquals(shades("cpu"), ["HIGH_CPU", "SERVICE_DOWN"]);
  assertEquals(shades("memory"), ["SERVICE_DOWN"]);
});

Deno.test("ServicePage writes the name of an alert over the gap that it lasted through", () => {
  const gap = { from: NOW - 45 * MINUTE, to: NOW - 20 * MINUTE };
  const html = render({
    data: {
      history: { ...historyOf({ cpu: COLUMNS }), gaps: [gap] },
      timeline: {
        ...{ from: NOW - 60 * MINUTE, to: NOW, spans: [], uptime: [] },
        alerts: [{
          ...{ id: "a", rule: "HIGH_CPU", metric: "cpu", severity: "warning", message: "hot" },
          ...{ firedAt: NOW - 50 * MINUTE, resolvedAt: null },
        }],
      },
    },
  });
  const places = ['class="shade"', 'class="gap"', ">HIGH_CPU</text>"].map((part) =>
    html.indexOf(part)
  );
  assert(!places.includes(-1) && places.every((at, index) => at >= (places[index - 1] ?? 0)));
});

Deno.test("ServicePage shows the active alerts of its service, and no others", () => {
  const html = render({ alerts: [alert("HIGH_CPU", "auth"), alert("HIGH_MEMORY", "cart")] });
  const panel = between(html, 'class="panel active"', "</section>");
  assert(textOf(panel).includes("HIGH_CPU warning 41 s"), textOf(panel));
  assertFalse(html.includes("HIGH_MEMORY"));
  assertFalse(render({}).includes("Active alerts"));
});

Deno.test("ServicePage says why the worker of a simulated service was restarted", () => {
  const worker = { state: "running" as const, restarts: 2, reason: "it was silent" };
  const text = textOf(render({ service: { source: { kind: "simulated", worker } } }));
  assert(text.includes("simulated, worker restarted 2×: it was silent"), text);
});

Deno.test("ServicePage lists events that lead to the window around them, and to alerts", () => {
  const at = NOW - 300 * MINUTE;
  const events: EventView[] = [
    { kind: "status", id: "2", at, from: "HEALTHY", to: "DOWN" },
    {
      ...{ kind: "alert", id: "1", at, change: "firing", alert: "SERVICE_DOWN:auth:x" },
      ...{ rule: "SERVICE_DOWN", metric: null, severity: "critical", value: 5, limit: 5 },
      ...{ unit: "s", message: "no heartbeat for 5.0 s, limit 5 s" },
    },
  ];
  const list = between(render({ data: { events } }), '<ol class="event-list"', "</ol>");
  assert(list.includes(`?from=${at - 30 * MINUTE}&amp;to=${at + 30 * MINUTE}&amp;at=${at}`), list);
  assert(list.includes('<a href="/alerts/SERVICE_DOWN:auth:x">'), list);
  assert(textOf(list).includes("SERVICE_DOWN fired, critical no heartbeat for 5.0 s"), list);
});

Deno.test("ServicePage marks the event that was chosen, in the list and in the charts", () => {
  const at = NOW - 10 * MINUTE;
  const events: EventView[] = [
    { kind: "status", id: "2", at, from: "HEALTHY", to: "DOWN" },
    { kind: "status", id: "1", at: at - 1, from: "DOWN", to: "HEALTHY" },
  ];
  const html = render({
    data: { events },
    query: `from=${at - MINUTE}&to=${at + MINUTE}&at=${at}`,
  });
  const list = between(html, '<ol class="event-list"', "</ol>");
  assertEquals(list.match(/aria-current="true"/g)?.length, 1);
  assert(html.includes('class="mark-line" x1="50%"'));
});

Deno.test("ServicePage leads to older events without scripts", () => {
  const events: EventView[] = [{ kind: "gap", id: "9", at: NOW, to: NOW }];
  const html = render({ data: { events, hasOlder: true }, olderPath: "?window=1h&before=9" });
  assert(html.includes('href="?window=1h&amp;before=9"'));
  assertFalse(render({ data: { events } }).includes("Load older"));
});

Deno.test("ServicePage says when the last sample was where a window has none", () => {
  const html = render({ service: { metrics: { cpu: metric() } } });
  const words = textOf(html);
  assert(words.includes("No samples in this window. The last one is of 22:13:19 UTC"), words);
});

Deno.test("ServicePage explains a service that sends heartbeats alone", () => {
  const text = textOf(render({ service: { metrics: {} } }));
  assert(text.includes("This service sends heartbeats alone."), text);
});

Deno.test("ServicePage says that nothing was ever heard of a service", () => {
  const text = textOf(render({ service: { metrics: {}, lastHeartbeat: null, status: "UNKNOWN" } }));
  assert(text.includes("Nothing was heard of this service yet."), text);
  assertFalse(text.includes("heartbeats alone"));
});

Deno.test("ServicePage says what failed, and offers another try", () => {
  const html = render({ answer: { kind: "failed", reason: "Cannot read the past" } });
  const failure = between(html, 'class="failure"', "</div>");
  assert(textOf(failure).includes("Cannot read the past Try again"), failure);
});

Deno.test("ServicePage needs no inline styles, which the policy forbids", () => {
  assertFalse(render({ data: { history: historyOf({ cpu: COLUMNS }) } }).includes("style="));
});

interface Rendered {
  readonly service?: Partial<ServiceView>;
  readonly data?: Partial<PastData>;
  readonly answer?: PastAnswer;
  readonly query?: string;
  readonly olderPath?: string;
  readonly alerts?: readonly AlertView[];
}

function render(rendered: Rendered): string {
  const { service: changes, data, answer, query = "", olderPath, alerts = [] } = rendered;
  const initial = signal(snapshot([service("auth", changes)], { alerts }));
  const choice = parseWindowChoice(new URLSearchParams(query));
  const known = { ...nothingKnown(spanOf(choice, NOW)), ...data };
  return renderToString(
    <ServicePage
      name="auth"
      initial={initial}
      choice={choice}
      answer={answer ?? { kind: "ready", data: known }}
      olderPath={olderPath ?? null}
      hasReceivers
    />,
  );
}

function historyOf(metrics: PastData["history"]["metrics"]): PastData["history"] {
  return { from: NOW - 60 * MINUTE, to: NOW, stepMs: 600_000, metrics, gaps: [] };
}

function between(html: string, start: string, end: string): string {
  const from = html.indexOf(start);
  return html.slice(from, html.indexOf(end, from));
}

function textOf(html: string): string {
  return html.replace(/^[^<]*>/, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}
