import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { ServiceCard } from "@/components/ServiceCard.tsx";
import { RUN_DURATION } from "@/lib/domain/job_run.ts";
import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";
import { startState } from "@/lib/protocol/live_state.ts";
import type { ServiceView, SourceView } from "@/lib/protocol/views.ts";

import { metric, NOW, service, snapshot } from "./views.ts";

Deno.test("ServiceCard shows each status by tone, shape and text", async (t) => {
  const rows: readonly [status: ServiceView["status"], tone: string, mark: string][] = [
    ["HEALTHY", "ok", "●"],
    ["DEGRADED", "warn", "▲"],
    ["DOWN", "crit", "■"],
    ["UNKNOWN", "idle", "○"],
  ];
  for (const [status, tone, mark] of rows) {
    await t.step(status, () => {
      const html = renderCard({ status, since: NOW - 41_000 });
      assert(html.includes(`data-tone="${tone}"`));
      assert(textOf(html).includes(`${mark} ${status} for 41 s`));
    });
  }
});

Deno.test("ServiceCard shows of what Vitals observes only the metrics that came, and why there are none", () => {
  const source: SourceView = { kind: "probe", about: "GET https://shop.example.com/" };
  const html = renderCard({ source, metrics: { latency: metric() } });
  assertEquals([...html.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, label]) => label), ["Latency"]);
  assertFalse(html.includes('class="note"'));
  const detail = "shop.example.com answered 503, expected 2xx";
  const failure = { reason: "status 503", detail, since: NOW };
  const failed = renderCard({ source, metrics: {}, failure });
  assert(textOf(failed).includes(`status 503: ${detail}`));
  assertFalse(failed.includes("<dt>"));
});

Deno.test("ServiceCard shows the four built-in metrics, with a dash for what was never sent", () => {
  const html = renderCard({ metrics: { cpu: metric() } });
  assertEquals([...html.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, label]) => label), [
    "CPU",
    "Memory",
    "Latency",
    "Errors",
  ]);
  assert(textOf(html).includes("CPU 41.7 %"));
  assertEquals(html.match(/—/g)?.length, 3);
  assertEquals(html.match(/class="spark"/g)?.length, 1);
});

Deno.test("ServiceCard shows a metric of the configuration only where it was sent", () => {
  const queue: Metric = { ...CPU, id: "queue", label: "Queue", unit: "", decimals: 0 };
  const metrics = [...BUILT_IN_METRICS, queue];
  assertFalse(renderCard({}, metrics).includes("Queue"));
  assert(textOf(renderCard({ metrics: { queue: metric() } }, metrics)).includes("Queue 42"));
});

Deno.test("ServiceCard shows of a job only what it has, and when it is expected", () => {
  const source: SourceView = { kind: "heartbeat", about: "0 3 * * * Europe/Berlin", runs: [] };
  const labels = (html: string) => [...html.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, label]) => label);
  const metrics = [...BUILT_IN_METRICS, RUN_DURATION];
  assertEquals(labels(renderCard({ source, metrics: {} }, metrics)), []);
  const html = renderCard(
    { source, metrics: { errorRate: metric(), duration: metric() } },
    metrics,
  );
  assertEquals(labels(html), ["Errors", "Duration"]);
  assert(textOf(html).includes("identity · 0 3 * * * Europe/Berlin"));
});

Deno.test("ServiceCard says mean, range and limit in words", () => {
  const text = textOf(renderCard({ metrics: { cpu: metric() } }));
  assert(text.includes("Lately 38.3 % to 43.0 %, mean 40.0 %, limit 85.0 %"), text);
  const without = textOf(renderCard({ metrics: { cpu: metric({ limit: null }) } }));
  assertFalse(without.includes("limit"));
});

Deno.test("ServiceCard marks a breach for the eye and for the ear", () => {
  const html = renderCard({ metrics: { cpu: metric({ breach: true }) } });
  assert(html.includes('class="metric breach"'));
  assert(textOf(html).includes("beyond its limit"));
});

Deno.test("ServiceCard of a silent service shows no value as if it were one of now", () => {
  const html = renderCard({
    status: "DOWN",
    lastHeartbeat: NOW - 12_000,
    metrics: { cpu: metric({ breach: true, times: [NOW - 13_000, 1_000] }) },
  });
  const text = textOf(html);
  assertEquals(html.match(/—/g)?.length, 4);
  assertFalse(text.includes("41.7"));
  assertFalse(html.includes("breach"));
  assert(text.includes("last heartbeat 12 s ago"));
  assert(html.includes('d="M81.5 '), "the line ends where the silence began");
});

Deno.test("ServiceCard tells the age of the heartbeat, or that none came yet", () => {
  assert(textOf(renderCard({ lastHeartbeat: NOW - 600 })).includes("heartbeat 0.6 s ago"));
  const waiting = renderCard({ status: "UNKNOWN", lastHeartbeat: null, metrics: {} });
  assert(textOf(waiting).includes("no heartbeat yet"));
});

Deno.test("ServiceCard tells where the samples come from", async (t) => {
  const rows: readonly [text: string, source: SourceView][] = [
    ["identity · push", { kind: "push" }],
    ["identity · simulated", simulated("running", 0)],
    ["identity · simulated · restarted 2×", simulated("running", 2)],
  ];
  for (const [text, source] of rows) {
    await t.step(text, () => {
      assertEquals(/<p class="tags">(.*?)<\/p>/.exec(renderCard({ source }))?.[1], text);
    });
  }
});

Deno.test("ServiceCard notes that a worker is restarting, and why", () => {
  const html = renderCard({ source: simulated("restarting", 3, "no message for 5 s") });
  assert(textOf(html).includes("Restarting: no message for 5 s"));
  assertFalse(
    renderCard({ source: simulated("running", 3, "no message") }).includes("restarting:"),
  );
});

Deno.test("ServiceCard lets the strip go on while no message comes", () => {
  const strip = { from: NOW - 5_000, stepMs: 5_000, slots: "H" };
  assert(textOf(renderCard({ strip })).includes("Last 10 s: healthy throughout"));
});

Deno.test("ServiceCard can be linked to", () => {
  assert(renderCard({}).includes('id="service-auth"'));
});

Deno.test("ServiceCard renders HTML in any text as text", () => {
  const evil = "<img src=x onerror=alert(1)>";
  const html = renderCard({
    name: evil,
    tags: [evil],
    source: simulated("restarting", 1, evil),
  });
  assertFalse(html.includes("<img"));
  assertEquals(html.match(/&lt;img/g)?.length, 5);
});

Deno.test("ServiceCard marks a service that flaps, and says by which rules", () => {
  const html = renderCard({ flapping: ["HIGH_CPU"] });
  assert(textOf(html).includes("flapping : HIGH_CPU"), textOf(html));
  assertFalse(renderCard({}).includes("flapping"));
});

const CPU: Metric = {
  id: "cpu",
  label: "CPU",
  name: "CPU",
  unit: "%",
  min: 0,
  max: 100,
  decimals: 1,
};

function simulated(
  state: "running" | "restarting",
  restarts: number,
  reason: string | null = null,
): SourceView {
  return { kind: "simulated", worker: { state, restarts, reason } };
}

function renderCard(changes: Partial<ServiceView>, metrics = BUILT_IN_METRICS): string {
  const [live] = startState(snapshot([service("auth", changes)])).services.values();
  if (live === undefined) throw new RangeError("Cannot render a card: the state has no service");
  return renderToString(
    <ServiceCard
      service={signal(live)}
      store={{ metrics: signal(metrics), now: signal(NOW), say: () => {} }}
    />,
  );
}

function textOf(html: string): string {
  return html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}
