/**
 * What every adapter of the port `History` does.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";

import type { Instant } from "@/lib/domain/instant.ts";
import { DEFAULT_RETENTION, type Retention } from "@/lib/domain/retention.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import { type History, HistoryError } from "@/lib/ports/history.ts";
import {
  alertStep,
  append,
  columnsOf,
  maintainAll,
  NOTHING,
  perSecond,
  START,
  statusChange,
} from "@/tests/support/histories.ts";

/** A history that is tried, and what it needs. */
export interface TriedHistory extends AsyncDisposable {
  /** Not open yet; may be opened again after it was closed, and has what it had. */
  readonly history: History;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Registers the tests for one adapter. */
export function historyContract(
  name: string,
  make: (retention: Retention) => Promise<TriedHistory>,
): void {
  function test(criterion: string, run: (history: History) => Promise<void>): void {
    Deno.test(`${name}: ${criterion}`, async () => {
      await using tried = await make(DEFAULT_RETENTION);
      await run(tried.history);
    });
  }

  test("open() of a first run has nothing", async (history) => {
    assertEquals(await history.open(START), {
      ...{ aliveAt: null, documents: [], recent: [], transitions: [] },
    });
    await history.close();
  });

  test("samples() returns what was appended as it came", async (history) => {
    await history.open(START);
    await append(history, {
      at: START + 3_000,
      samples: [
        { service: "checkout", at: START, metrics: { cpu: 41.25, memory: 63 } },
        { service: "checkout", at: START + 1_000, metrics: { cpu: -0 } },
        { service: "search", at: START + 1_000, metrics: { cpu: 7 } },
      ],
    });
    const view = await history.samples(question("checkout", START, START + 10_000));
    assertEquals(view, {
      ...{ from: START, to: START + 10_000, stepMs: 0, gaps: [] },
      metrics: {
        cpu: columnsOf([[START, 41.25], [START + 1_000, -0]]),
        memory: columnsOf([[START, 63]]),
      },
    });
    await history.close();
  });

  test("samples() knows nothing of an unknown service", async (history) => {
    await history.open(START);
    const view = await history.samples(question("nobody", START, START + 1_000));
    assertEquals(view, { from: START, to: START + 1_000, stepMs: 0, metrics: {}, gaps: [] });
    await history.close();
  });

  test("samples() takes from on and leaves out to", async (history) => {
    await history.open(START);
    await append(history, {
      samples: perSecond("checkout", START, 4, (second) => ({ cpu: second })),
    });
    const view = await history.samples(question("checkout", START + 1_000, START + 3_000));
    assertEquals(view.metrics.cpu, columnsOf([[START + 1_000, 1], [START + 2_000, 2]]));
    await history.close();
  });

  test("samples() has late ones in their place, and the later of two by metric", async (history) => {
    await history.open(START);
    const samples: Sample[] = [
      { service: "checkout", at: START + 2_000, metrics: { cpu: 2 } },
      { service: "checkout", at: START, metrics: { cpu: 0 } },
      { service: "checkout", at: START + 2_000, metrics: { memory: 5 } },
      { service: "checkout", at: START, metrics: { cpu: 9 } },
    ];
    for (const sample of samples) await append(history, { samples: [sample] });
    await maintainAll(history, START + HOUR);
    const view = await history.samples(question("checkout", START, START + HOUR));
    assertEquals(view.metrics, {
      cpu: columnsOf([[START, 9], [START + 2_000, 2]]),
      memory: columnsOf([[START + 2_000, 5]]),
    });
    await history.close();
  });

  test("samples() works late ones into buckets that are made already", async (history) => {
    await history.open(START);
    await append(history, { samples: perSecond("checkout", START, 1_200, () => ({ cpu: 1 })) });
    await maintainAll(history, START + 3 * HOUR);
    await append(history, {
      at: START + 3 * HOUR,
      samples: [
        { service: "checkout", at: START + 15_500, metrics: { cpu: 90 } },
        { service: "checkout", at: START + 16_000, metrics: { cpu: 3 } },
      ],
    });
    const before = await history.samples(question("checkout", START, START + 20 * MINUTE, 200));
    await maintainAll(history, START + 5 * HOUR);
    const after = await history.samples(question("checkout", START, START + 20 * MINUTE, 200));
    assertEquals(after, before);
    assertEquals(after.stepMs, 10_000);
    const { max, count, avg } = after.metrics.cpu ?? columnsOf([]);
    // START is 3,330 ms after the beginning of a bucket.
    const hit = max.indexOf(90);
    assertEquals([count[hit], avg[hit]], [11, (9 + 90 + 3) / 11]);
    await history.close();
  });

  test("samples() shows a spike of a second after thirty days", async (history) => {
    const spikeAt = START + 2 * HOUR;
    await history.open(START);
    await append(history, {
      samples: Array.from({ length: 600 }, (_, index) => ({
        ...{ service: "checkout", at: START + 6 * MINUTE * index, metrics: { cpu: 20 } },
      })),
    });
    await append(history, {
      samples: [{ service: "checkout", at: spikeAt + 500, metrics: { cpu: 99 } }],
    });
    await maintainAll(history, START + 3 * DAY);
    await maintainAll(history, START + 30 * DAY);
    const view = await history.samples(question("checkout", START, START + 30 * DAY, 500));
    assertEquals(view.stepMs, 2 * HOUR);
    const { t, max } = view.metrics.cpu ?? columnsOf([]);
    assertEquals(t[max.indexOf(99)], Math.floor(spikeAt / (2 * HOUR)) * 2 * HOUR);
    await history.close();
  });

  test("samples() forgets tier by tier what is older than its retention", async (history) => {
    await history.open(START);
    const second = (from: Instant) => perSecond("checkout", from, 60, () => ({ cpu: 5 }));
    await append(history, { samples: second(START) });
    await maintainAll(history, START + HOUR);
    const steps: [stepMs: number, count: number][] = [];
    for (const days of [0.5, 2, 10, 40]) {
      const now = START + days * DAY;
      await append(history, { at: now, samples: second(now - MINUTE) });
      await maintainAll(history, now);
      const view = await history.samples(question("checkout", START, START + MINUTE, 60));
      steps.push([view.stepMs, sum(view.metrics.cpu?.count ?? [])]);
    }
    assertEquals(steps, [[0, 60], [10_000, 60], [MINUTE, 60], [HOUR, 60]]);
    await maintainAll(history, START + 800 * DAY);
    const view = await history.samples(question("checkout", START, START + MINUTE, 60));
    assertEquals(view.metrics, {});
    await history.close();
  });

  test("retain() forgets at once what is too old for the new retention", async (history) => {
    await history.open(START);
    const samples = perSecond("checkout", START, 60, () => ({ cpu: 5 }));
    await append(history, { samples });
    // Chunks of raw samples span six hours, and are forgotten as a whole.
    const now = START + 8 * HOUR;
    await append(history, {
      at: now,
      samples: [{ service: "checkout", at: now, metrics: { cpu: 5 } }],
    });
    await maintainAll(history, now);
    const asked = question("checkout", START, START + MINUTE, 60);
    assertEquals((await history.samples(asked)).stepMs, 0);
    await history.retain({ ...DEFAULT_RETENTION, rawMs: HOUR });
    await maintainAll(history, now);
    const view = await history.samples(asked);
    assertEquals([view.stepMs, sum(view.metrics.cpu?.count ?? [])], [10_000, 60]);
    await history.close();
  });

  test("append() writes a batch once, however often its writer tries", async (history) => {
    await history.open(START);
    const batch = {
      id: "b-1",
      at: START,
      samples: [{ service: "checkout", at: START, metrics: { cpu: 1 } }],
      transitions: [statusChange("checkout", START, "HEALTHY")],
      documents: [],
    };
    await history.append(batch);
    await history.append(batch);
    await history.close();
    await history.open(START + 500);
    await history.append(batch);
    const range = { service: "checkout", from: START, to: START + 1, limit: 10, before: null };
    assertEquals((await history.events(range)).length, 1);
    assertEquals((await history.usage()).rawSamples, 1);
    await history.append({ ...batch, id: "b-2", at: START + 500, samples: [] });
    assertEquals((await history.events(range)).length, 2);
    await history.close();
  });

  test("open() after a restart goes on from what was appended", async (history) => {
    await history.open(START);
    const samples = perSecond("checkout", START, 100, (second) => ({ cpu: second }));
    await append(history, { at: START + 100_000, samples: samples.slice(0, 70) });
    await maintainAll(history, START + HOUR);
    await append(history, {
      at: START + 100_000,
      samples: [...samples.slice(70), { service: "cron", at: START + 5, metrics: {} }],
      documents: [{ kind: "silence", key: "one", body: "{}" }, {
        ...{ kind: "silence", key: "two", body: "{}" },
      }],
    });
    await append(history, {
      at: START + 101_000,
      documents: [{ kind: "silence", key: "one", body: null }, {
        ...{ kind: "silence", key: "two", body: '{"by":"Ann"}' },
      }],
    });
    await history.close();
    const { aliveAt, documents, recent, transitions } = await history.open(START + HOUR);
    assertEquals(aliveAt, START + 101_000);
    assertEquals(documents, [{ kind: "silence", key: "two", body: '{"by":"Ann"}' }]);
    assertEquals(transitions, []);
    assertEquals([...recent].sort((one, other) => one.service < other.service ? -1 : 1), [
      {
        service: "checkout",
        newestAt: START + 99_000,
        series: {
          cpu: samples.slice(40).map(({ at, metrics }) => ({ at, value: metrics.cpu ?? NaN })),
        },
      },
      { service: "cron", newestAt: START + 5, series: {} },
    ]);
    const view = await history.samples(question("checkout", START, START + HOUR));
    assertEquals(view.metrics.cpu?.max, samples.map(({ metrics }) => metrics.cpu ?? NaN));
    await history.close();
  });

  test("gaps() are the times between runs, and events as well", async (history) => {
    await history.open(START);
    await append(history, {
      ...{ at: START + 10_000, transitions: [statusChange("checkout", START + 10_000, "HEALTHY")] },
    });
    await history.close();
    // A restart that takes less than a second is none to speak of.
    await history.open(START + 10_999);
    await append(history, { at: START + 20_000 });
    await history.close();
    await history.open(START + 50_000);
    await append(history, {
      ...{ at: START + 60_000, transitions: [statusChange("checkout", START + 60_000, "DOWN")] },
    });
    const gap = { from: START + 20_000, to: START + 50_000 };
    assertEquals(await history.gaps({ from: START, to: START + HOUR }), [gap]);
    assertEquals(await history.gaps({ from: START + 49_999, to: START + HOUR }), [gap]);
    assertEquals(await history.gaps({ from: START + 50_000, to: START + HOUR }), []);
    assertEquals((await history.samples(question("checkout", START, START + HOUR))).gaps, [gap]);
    const events = await history.events(page("checkout"));
    assertEquals(events.map(({ kind, at }) => [kind, at]), [
      ...[["status", START + 60_000], ["gap", START + 20_000], ["status", START + 10_000]],
    ]);
    await history.close();
  });

  test("events() come newest first, page by page", async (history) => {
    await history.open(START);
    const transitions = [
      alertStep("one", "pending", START + 1_000),
      alertStep("one", "firing", START + 2_000),
      statusChange("checkout", START + 2_000, "DEGRADED"),
      alertStep("one", "resolved", START + 3_000, START + 2_000),
      statusChange("checkout", START + 3_000, "HEALTHY"),
      statusChange("search", START + 3_000, "DOWN"),
    ];
    await append(history, { at: START + 4_000, transitions });
    await history.close();
    await history.open(START + MINUTE);
    const all = await history.events(page("checkout"));
    assertEquals(all.map((event) => event.kind === "alert" ? event.change : event.kind), [
      ...["gap", "status", "resolved", "status", "firing", "pending"],
    ]);
    assertEquals(new Set(all.map(({ id }) => id)).size, 6);
    const paged = [];
    for (let before: string | null = null;;) {
      const [event] = await history.events({ ...page("checkout"), before, limit: 1 });
      if (event === undefined) break;
      paged.push(event);
      before = event.id;
    }
    assertEquals(paged, [...all]);
    const resolved = all.find((event) => event.kind === "alert" && event.change === "resolved");
    assertEquals(resolved, {
      ...{ kind: "alert", id: resolved?.id ?? "", at: START + 3_000, change: "resolved" },
      ...{ alert: "one", rule: "HIGH_CPU", metric: "cpu", severity: "warning", value: 90 },
      ...{ limit: 85, unit: "%", message: "CPU 90 % above 85 %" },
    });
    assertEquals(await history.events({ ...page("checkout"), before: "e999" }), []);
    assertEquals(await history.events({ ...page("checkout"), before: "what" }), []);
    await history.close();
  });

  test("events() keep to their range", async (history) => {
    await history.open(START);
    const transitions = [1, 2, 3].map((second) => statusChange("checkout", START + second, "DOWN"));
    await append(history, { transitions });
    const range = { from: START + 2, to: START + 3 };
    const events = await history.events({ ...page("checkout"), ...range });
    assertEquals(events.map(({ at }) => at), [START + 2]);
    assertEquals(await history.events(page("nobody")), []);
    await history.close();
  });

  test("statuses() begin with the one in force, if it is known", async (history) => {
    await history.open(START);
    await append(history, {
      transitions: [
        statusChange("checkout", START + 1_000, "HEALTHY"),
        statusChange("checkout", START + 5_000, "DOWN"),
        statusChange("checkout", START + 9_000, "HEALTHY"),
      ],
    });
    const range = (from: number, to: number) => ({ from: START + from, to: START + to });
    assertEquals(await history.statuses("checkout", range(4_000, 9_000)), [
      { at: START + 1_000, status: "HEALTHY" },
      { at: START + 5_000, status: "DOWN" },
    ]);
    assertEquals(await history.statuses("checkout", range(5_000, 6_000)), [
      { at: START + 5_000, status: "DOWN" },
    ]);
    assertEquals(await history.statuses("checkout", range(0, 2_000)), [
      { at: START + 1_000, status: "HEALTHY" },
    ]);
    assertEquals(await history.statuses("nobody", range(0, 2_000)), []);
    await history.close();
  });

  test("endedAlerts() are those that fired and ended, and meet the range", async (history) => {
    await history.open(START);
    await append(history, {
      transitions: [
        alertStep("early", "resolved", START + 2_000, START + 1_000),
        alertStep("never", "cancelled", START + 3_000),
        alertStep("late", "resolved", START + 9_000, START + 3_000),
        alertStep("still", "firing", START + 4_000, START + 4_000),
      ],
    });
    const ids = async (from: number, to: number) =>
      (await history.endedAlerts("checkout", { from: START + from, to: START + to }))
        .map(({ id }) => id);
    assertEquals(await ids(0, 20_000), ["early", "late"]);
    assertEquals(await ids(2_001, 3_001), ["late"]);
    assertEquals(await ids(2_000, 3_000), ["early"]);
    const [early] = await history.endedAlerts("checkout", { from: START, to: START + 2_000 });
    assertEquals(early, {
      ...{ id: "early", rule: "HIGH_CPU", metric: "cpu", severity: "warning" },
      ...{ firedAt: START + 1_000, resolvedAt: START + 2_000, message: "CPU 90 % above 85 %" },
    });
    await history.close();
  });

  test("transitionsOf() returns the steps of one alert, also after a restart", async (history) => {
    const steps = [
      alertStep("one", "pending", START + 1_000),
      alertStep("two", "pending", START + 1_000),
      alertStep("one", "firing", START + 2_000, START + 2_000),
    ];
    await history.open(START);
    await append(history, { transitions: steps });
    const texts = steps.map((step) => JSON.stringify(step));
    assertEquals(await history.transitionsOf("one"), texts.filter((_, index) => index !== 1));
    assertEquals(await history.transitionsOf("none"), []);
    await history.close();
    const { transitions } = await history.open(START + MINUTE);
    assertEquals(transitions, texts);
    await history.close();
  });

  test("open() brings back the latest 2,000 alerts, and older ones that are not over", async (history) => {
    await history.open(START);
    const ended = Array.from(
      { length: 2_010 },
      (_, index) => alertStep(`ended-${index}`, "resolved", START + index, START),
    );
    await append(history, { transitions: [alertStep("open", "firing", START, START), ...ended] });
    await history.close();
    const { transitions } = await history.open(START + MINUTE);
    const ids = transitions.map((text) => JSON.parse(text).id);
    assertEquals([ids.length, ids[0], ids[1]], [2_001, "open", "ended-10"]);
    await history.close();
  });

  test("maintain() keeps the status in force and alerts that are not over", async (history) => {
    await history.open(START);
    await append(history, {
      transitions: [
        statusChange("checkout", START, "HEALTHY"),
        alertStep("ended", "resolved", START + 1, START),
        alertStep("open", "firing", START + 2, START + 2),
        statusChange("checkout", START + 2, "DEGRADED"),
      ],
    });
    await maintainAll(history, START + 800 * DAY);
    const events = await history.events(page("checkout"));
    assertEquals(events.map((event) => event.kind === "alert" ? event.alert : event.kind), [
      ...["status", "open"],
    ]);
    await history.close();
  });

  test("append() without anything still says that the monitor is alive", async (history) => {
    await history.open(START);
    await history.append({ ...NOTHING, at: START + 7_000 });
    await history.close();
    assertEquals((await history.open(START + 8_000)).aliveAt, START + 7_000);
    await history.close();
  });

  test("usage() counts each metric, sealed or not", async (history) => {
    await history.open(START);
    const samples = perSecond("checkout", START, 400, () => ({ cpu: 1, memory: 2 }));
    await append(history, { samples });
    assertEquals((await history.usage()).rawSamples, 800);
    await maintainAll(history, START + HOUR);
    await append(history, { samples: [{ service: "cron", at: START, metrics: {} }] });
    const { rawSamples, bytes } = await history.usage();
    assertEquals(rawSamples, 800);
    assert(bytes > 0);
    await history.close();
  });

  test("every call before open() and after close() is refused", async (history) => {
    const refused = async (act: () => Promise<unknown>) => {
      const error = await assertRejects(act, HistoryError, "open it first");
      assertEquals(error.fault, "broken");
    };
    await refused(() => history.usage());
    await history.open(START);
    await history.close();
    await refused(() => history.append({ ...NOTHING, at: START }));
    await refused(() => history.maintain(START));
    await refused(() => history.close());
  });

  test("calls are answered in the order in which they were made", async (history) => {
    await history.open(START);
    const answered: string[] = [];
    await Promise.all([
      append(history, { samples: perSecond("checkout", START, 5, () => ({ cpu: 1 })) })
        .then(() => answered.push("append")),
      history.usage().then(({ rawSamples }) => answered.push(`usage ${rawSamples}`)),
      history.close().then(() => answered.push("close")),
    ]);
    assertEquals(answered, ["append", "usage 5", "close"]);
  });
}

function question(service: string, from: Instant, to: Instant, points = 1_000) {
  return { service, from, to, points };
}

function page(service: string) {
  return { service, from: 0, to: START + 1_000 * DAY, limit: 100, before: null };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
