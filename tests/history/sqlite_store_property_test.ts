import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

import type { Instant } from "@/lib/domain/instant.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import { IN_MEMORY, openDatabase } from "@/lib/history/database.ts";
import { SqliteStore } from "@/lib/history/sqlite_store.ts";
import type { SamplesQuery } from "@/lib/ports/history.ts";
import type { HistoryView } from "@/lib/protocol/history_views.ts";
import { NOTHING } from "@/tests/support/histories.ts";

const HOUR = 3_600_000;

/** Nothing is forgotten within these tests. */
const SPAN_MS = 6 * HOUR;

type Act =
  | { readonly kind: "append"; readonly samples: readonly Sample[] }
  | { readonly kind: "maintain"; readonly now: Instant }
  | { readonly kind: "reopen" }
  | { readonly kind: "ask"; readonly query: SamplesQuery };

const SERVICE = fc.constantFrom("checkout", "search");
const VALUE = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }).map((whole) => whole / 100),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const METRICS = fc.record({ cpu: VALUE, memory: VALUE }, { requiredKeys: [] });
const INSTANT = fc.oneof(
  fc.integer({ min: 0, max: SPAN_MS }),
  // Close together, and often the same.
  fc.integer({ min: 0, max: 40 }).map((step) => HOUR + 500 * step),
);

/** A burst: as a service that runs, so that chunks fill. */
const BURST = fc.record({
  service: SERVICE,
  from: fc.integer({ min: 0, max: SPAN_MS / 2 }),
  stepMs: fc.constantFrom(500, 1_000, 7_000),
  count: fc.integer({ min: 1, max: 700 }),
  metrics: fc.array(METRICS, { minLength: 1, maxLength: 5 }),
}).map(({ service, from, stepMs, count, metrics }): readonly Sample[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ service, at: from + stepMs * index, metrics: metrics[index % metrics.length] ?? {} },
  }))
);

const ACT: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("append" as const),
    samples: fc.oneof(
      BURST,
      fc.array(fc.record({ service: SERVICE, at: INSTANT, metrics: METRICS }), { maxLength: 30 }),
    ),
  }),
  fc.record({
    kind: fc.constant("maintain" as const),
    now: fc.integer({ min: 0, max: SPAN_MS + HOUR }),
  }),
  fc.constant({ kind: "reopen" as const }),
  fc.record({
    kind: fc.constant("ask" as const),
    query: fc.record({
      service: SERVICE,
      from: INSTANT,
      to: fc.integer({ min: 1, max: SPAN_MS }),
      points: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 3_000 })),
    }).map(({ from, to, ...query }) => ({ ...query, from, to: from + to })),
  }),
);

Deno.test("samples() equals the naive computation, whatever was sealed or rolled up before", () => {
  const acts = fc.array(ACT, { minLength: 4, maxLength: 25 });
  fc.assert(fc.property(acts, runActs), { numRuns: 150 });
});

Deno.test("samples() equals the naive computation where late samples are below the floor of raw ones", () => {
  const retention = { ...DEFAULT_RETENTION, rawMs: HOUR, tenSecondsMs: 2 * HOUR };
  const store = new SqliteStore(openDatabase(IN_MEMORY), { retention });
  const samples = (offsetMs: number) =>
    Array.from({ length: 700 }, (_, index) => ({
      ...{ service: "checkout", at: 5_000 * index + offsetMs, metrics: { cpu: index % 50 } },
    }));
  const early = samples(0);
  store.append({ at: HOUR, ...NOTHING, samples: early });
  maintainAll(store, 10 * HOUR);
  const late = samples(77).filter((_, index) => index % 100 === 3);
  const later = samples(99).filter((_, index) => index % 100 === 3);
  store.append({ at: 10 * HOUR, ...NOTHING, samples: late });
  const query = { service: "checkout", from: 0, to: HOUR, points: 60 };
  check(store.samples(query), query, [...early, ...late]);
  maintainAll(store, 11 * HOUR);
  check(store.samples(query), query, [...early, ...late]);
  store.append({ at: 11 * HOUR, ...NOTHING, samples: later });
  maintainAll(store, 12 * HOUR);
  check(store.samples(query), query, [...early, ...late, ...later]);
});

function runActs(acts: readonly Act[]): void {
  using database = openDatabase(IN_MEMORY);
  let store = new SqliteStore(database, { retention: DEFAULT_RETENTION });
  store.open(0);
  const samples: Sample[] = [];
  for (const act of acts) {
    switch (act.kind) {
      case "append":
        store.append({ at: 0, ...NOTHING, samples: act.samples });
        samples.push(...act.samples);
        break;
      case "maintain":
        maintainAll(store, act.now);
        break;
      case "reopen":
        store = new SqliteStore(database, { retention: DEFAULT_RETENTION });
        break;
      case "ask":
        check(store.samples(act.query), act.query, samples);
    }
  }
}

function maintainAll(store: SqliteStore, now: Instant): void {
  while (store.maintain(now));
}

/** Looks at all samples, one by one. */
function check(view: HistoryView, query: SamplesQuery, samples: readonly Sample[]): void {
  const { stepMs } = view;
  const [from, to] = stepMs === 0
    ? [query.from, query.to]
    : [Math.floor(query.from / stepMs) * stepMs, Math.ceil(query.to / stepMs) * stepMs];
  const series = seriesOf(
    samples.filter(({ service, at }) => service === query.service && at >= from && at < to),
  );
  const inRange = Array.from(
    series.values(),
    (values) => [...values.keys()].filter((at) => at >= query.from && at < query.to).length,
  );
  assertEquals(stepMs === 0, Math.max(0, ...inRange) <= query.points);
  assertEquals(stepMs % 10_000, 0);
  assertEquals(Object.keys(view.metrics).sort(), [...series.keys()].sort());
  for (const [metric, values] of series) {
    const columns = view.metrics[metric];
    assert(columns !== undefined && columns.t.length <= query.points);
    const buckets = Map.groupBy(
      [...values].sort(([one], [other]) => one - other),
      ([at]) => stepMs === 0 ? at : Math.floor(at / stepMs) * stepMs,
    );
    assertEquals(columns.t, [...buckets.keys()]);
    for (const [index, entries] of [...buckets.values()].entries()) {
      const each = entries.map(([, value]) => value);
      assertEquals(columns.count[index], each.length);
      assertEquals([columns.min[index], columns.max[index]], [
        Math.min(...each),
        Math.max(...each),
      ]);
      const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
      assertAlmostEquals(columns.avg[index] ?? NaN, mean, 1e-6);
    }
  }
}

/** By metric: the value at each instant, the later of two. */
function seriesOf(samples: readonly Sample[]): Map<string, Map<Instant, number>> {
  const series = new Map<string, Map<Instant, number>>();
  for (const { at, metrics } of samples) {
    for (const [metric, value] of Object.entries(metrics)) {
      const values = series.get(metric) ?? new Map<Instant, number>();
      series.set(metric, values.set(at, value));
    }
  }
  return series;
}
