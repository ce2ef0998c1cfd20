import { signal } from "@preact/signals";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { type ContainerNode, options, render } from "preact";

import { createAxisFormat } from "@/components/service/axis_format.ts";
import { nothingKnown } from "@/components/service/past_data.ts";
import { PastStore } from "@/components/service/past_store.ts";
import { SeriesChart } from "@/components/service/SeriesChart.tsx";
import { LocalTimes } from "@/components/Time.tsx";
import { BUILT_IN_METRICS, type Metric } from "@/lib/domain/metric.ts";
import { parseWindowChoice, spanOf } from "@/lib/domain/time_window.ts";
import type { SeriesColumns } from "@/lib/protocol/history_views.ts";
import { startState } from "@/lib/protocol/live_state.ts";

import { installTinyDocument, TinyNode } from "../tiny_dom.ts";
import { metric, NOW, service, snapshot } from "../views.ts";

const CPU = BUILT_IN_METRICS[0] ?? assertNever();

Deno.test("SeriesChart reads out the row at the cursor, and draws nothing anew", async () => {
  using chart = mountChart(rawColumns(10));
  assert(chart.text().includes("mean 5.5 % 1.0 % to 10.0 %"), chart.text());
  chart.renders.clear();
  chart.past.cursor.value = NOW - 4_100;
  await chart.settled();
  assert(chart.text().includes("22:13:16 UTC 6.0 %"), chart.text());
  assertEquals([...chart.renders], []);
});

Deno.test("SeriesChart says so where the cursor is beside all samples", async () => {
  using chart = mountChart(rawColumns(10));
  chart.past.cursor.value = NOW - 200_000;
  await chart.settled();
  assert(chart.text().includes("22:10:00 UTC · no samples"), chart.text());
});

Deno.test("SeriesChart draws a live sample, and leaves its closed table alone", async () => {
  using chart = mountChart(rawColumns(10));
  const [table] = chart.root.findAll("table");
  const path = () => chart.line()?.attributes.get("d") ?? "";
  const before = path();
  chart.renders.clear();
  chart.past.follow({ now: NOW + 1_000, isLost: false, service: liveService(NOW + 1_000, 50) });
  await chart.settled();
  assertEquals(path().match(/L/g)?.length, (before.match(/L/g)?.length ?? 0) + 1);
  assert(chart.text().includes("mean 9.5 % 1.0 % to 50.0 %"), chart.text());
  assertStrictEquals(chart.root.findAll("table")[0], table);
  assertEquals(table?.findAll("tr").length, 11);
  assertEquals(chart.renders.get("table"), undefined);
});

Deno.test("SeriesChart is busy while another window is on its way", async () => {
  using chart = mountChart(rawColumns(10));
  const busy = () => chart.root.findAll("section")[0]?.attributes.get("aria-busy");
  assertEquals(busy(), "false");
  chart.past.choose(parseWindowChoice(new URLSearchParams("window=6h")));
  await chart.settled();
  assertEquals(busy(), "true");
});

interface MountedChart extends Disposable {
  readonly root: TinyNode;
  readonly past: PastStore;
  /** How often each of `svg` and `table` rendered. */
  readonly renders: Map<string, number>;
  readonly line: () => TinyNode | undefined;
  /** The text of the readout. */
  readonly text: () => string;
  /** Waits until what changed is rendered. */
  readonly settled: () => Promise<void>;
}

function mountChart(columns: SeriesColumns): MountedChart {
  const choice = parseWindowChoice(new URLSearchParams("window=5m"));
  const nothing = nothingKnown(spanOf(choice, NOW));
  const history = { ...nothing.history, metrics: { cpu: columns } };
  const past = new PastStore(
    { choice, now: NOW, answer: { kind: "ready", data: { ...nothing, history } } },
    { load: () => new Promise(() => {}), loadOlder: () => new Promise(() => {}) },
  );
  const document = installTinyDocument();
  // Without effects the drawing stays, as it does without scripts.
  options.requestAnimationFrame = () => {};
  const renders = new Map<string, number>();
  const before = options.vnode;
  options.vnode = (vnode) => {
    const type = String(vnode.type);
    if (["svg", "table"].includes(type)) renders.set(type, (renders.get(type) ?? 0) + 1);
    before?.(vnode);
  };
  const root = new TinyNode("main");
  const container = root as unknown as ContainerNode;
  render(
    <LocalTimes now={signal(NOW)}>
      <SeriesChart
        metric={CPU}
        past={past}
        limits={[]}
        format={createAxisFormat("UTC")}
        lastAt={null}
        keys={{ onCursor() {}, onZoom() {}, onZoomBy() {}, onReset() {} }}
      />
    </LocalTimes>,
    container,
  );
  return {
    root,
    past,
    renders,
    line: () => root.findAll("path").find((path) => path.attributes.get("class") === "mean"),
    text: () => root.findAll("header")[0]?.textContent.replace(/\s+/g, " ") ?? "",
    settled: async () => {
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
    [Symbol.dispose]: () => {
      render(null, container);
      delete options.requestAnimationFrame;
      if (before === undefined) delete options.vnode;
      else options.vnode = before;
      document[Symbol.dispose]();
    },
  };
}

/** So many samples a second apart, the last one of now: 1, 2, 3 … */
function rawColumns(count: number): SeriesColumns {
  const values = Array.from({ length: count }, (_, index) => index + 1);
  const t = values.map((value) => NOW - (count - value) * 1_000);
  return { t, min: values, max: values, avg: values, count: values.map(() => 1) };
}

function liveService(at: number, value: number) {
  const view = service("auth", { metrics: { cpu: metric({ recent: [value], times: [at] }) } });
  return startState(snapshot([view])).services.get("auth");
}

function assertNever(): Metric {
  throw new Error("There is a metric");
}
