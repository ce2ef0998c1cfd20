import { assert, assertEquals, assertThrows } from "@std/assert";
import type { DatabaseSync } from "node:sqlite";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import type { Sample } from "@/lib/domain/sample.ts";
import { IN_MEMORY, openDatabase } from "@/lib/history/database.ts";
import { SqliteStore } from "@/lib/history/sqlite_store.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import { NOTHING, perSecond, START, statusChange } from "@/tests/support/histories.ts";

const HOUR = 3_600_000;

Deno.test("samples() takes the later of two of the same instant, though they are in different chunks", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, perSecond("checkout", START, 1_300, () => ({ cpu: 1 })));
  maintainAll(store, START + HOUR);
  append(store, [{ service: "checkout", at: START + 5_000, metrics: { cpu: 2 } }]);
  maintainAll(store, START + 2 * HOUR);
  assertEquals(valueAt(store, START + 5_000), 2);
});

Deno.test("SqliteStore does not take sealed samples for new ones after a restart", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  const samples = (cpu: number) => perSecond("checkout", START, 700, () => ({ cpu }));
  // The row stays, as a sample of another service in it is not sealed.
  append(store, [...samples(1), { service: "search", at: START, metrics: { cpu: 7 } }]);
  maintainAll(store, START + 1_000);
  append(store, samples(2));
  maintainAll(store, START + 1_000);
  assertEquals(rows(database, "head"), 1);
  const restarted = openStore(database);
  assertEquals(valueAt(restarted, START), 2);
  assertEquals(restarted.usage().rawSamples, 701);
});

Deno.test("maintain() deletes a row of the journal once all of it is sealed", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, [
    ...perSecond("checkout", START, 300, () => ({ cpu: 1 })),
    { service: "search", at: START, metrics: { cpu: 7 } },
  ]);
  maintainAll(store, START + HOUR);
  assertEquals([rows(database, "head"), rows(database, "chunks WHERE tier = 0")], [0, 2]);
});

Deno.test("maintain() loses and doubles nothing if the process dies between any two steps", () => {
  using database = openDatabase(IN_MEMORY);
  const samples = perSecond("checkout", START, 4_000, (second) => ({ cpu: second % 100 }));
  for (let first = 0; first < 4_000; first += 500) {
    append(openStore(database), samples.slice(first, first + 500));
  }
  // Each step is done by a new process.
  for (let step = 0; step < 10; step++) openStore(database).maintain(START + HOUR);
  assertEquals(rows(database, "head"), 0);
  const { metrics } = openStore(database).samples({
    ...{ service: "checkout", from: START, to: START + 2 * HOUR, points: 5_000 },
  });
  assertEquals(metrics.cpu?.max, samples.map(({ metrics }) => metrics.cpu ?? NaN));
});

Deno.test("append() keeps nothing of a batch for which there is no room, and works again when there is", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, perSecond("checkout", START, 10, () => ({ cpu: 1 })));
  database.exec(`PRAGMA max_page_count = ${store.usage().bytes / 4_096 + 2}`);
  const large = perSecond("search", START, 3_000, (second) => ({ cpu: Math.sqrt(second) }));
  const transitions = [statusChange("search", START, "DOWN")];
  const batch = { at: START + 9, ...NOTHING, samples: large, transitions };
  const error = assertThrows(() => store.append(batch), HistoryError, "make some");
  assertEquals(error.fault, "full");
  for (const each of [store, openStore(database)]) {
    assertEquals(each.usage().rawSamples, 10);
    assertEquals(each.statuses("search", { from: START, to: START + 1 }), []);
  }
  database.exec("PRAGMA max_page_count = 1000000");
  store.append(batch);
  assertEquals(store.usage().rawSamples, 3_010);
  assertEquals(store.statuses("search", { from: START, to: START + 1 }).length, 1);
});

Deno.test("append() to a database that cannot be written is refused as readonly", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  database.exec("PRAGMA query_only = 1");
  const samples = perSecond("checkout", START, 1, () => ({ cpu: 1 }));
  const error = assertThrows(
    () => append(store, samples),
    HistoryError,
    "allow Vitals to write it",
  );
  assertEquals(error.fault, "readonly");
  database.exec("PRAGMA query_only = 0");
  append(store, samples);
  assertEquals(valueAt(store, START), 1);
});

Deno.test("samples() says that a chunk is damaged rather than show it", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, perSecond("checkout", START, 400, (second) => ({ cpu: second })));
  maintainAll(store, START + HOUR);
  database.exec("UPDATE chunks SET body = x'0102030405060708090a'");
  const restarted = new SqliteStore(database, { retention: DEFAULT_RETENTION });
  const error = assertThrows(() => valueAt(restarted, START), HistoryError, "restore a backup");
  assertEquals(error.fault, "corrupt");
});

Deno.test("maintain() goes on with other services where the chunks of one are damaged", () => {
  using database = openDatabase(IN_MEMORY);
  const first = openStore(database);
  for (const service of ["checkout", "search"]) {
    append(first, perSecond(service, START, 700, () => ({ cpu: 1 })));
  }
  maintainAll(first, START + 700_000);
  database.exec("UPDATE chunks SET body = x'0102030405060708090a' WHERE service = 1");
  const store = openStore(database);
  const later = START + 700_000;
  for (const service of ["checkout", "search"]) {
    append(store, perSecond(service, later, 700, () => ({ cpu: 1 })));
  }
  assertThrows(() => store.maintain(START + HOUR), HistoryError, "restore a backup");
  maintainAll(store, START + HOUR);
  assertEquals(rows(database, "head"), 1);
});

Deno.test("maintain() keeps no more raw samples than half of maxBytes, and what is older is in buckets", () => {
  using database = openDatabase(IN_MEMORY);
  const store = new SqliteStore(database, { retention: DEFAULT_RETENTION, maxBytes: 4_000 });
  for (let part = 0; part < 10; part++) {
    const from = START + 1_000_000 * part;
    append(store, perSecond("checkout", from, 1_000, (second) => ({ cpu: second ** 2 % 97 })));
    maintainAll(store, from + 1_000_000);
  }
  const { rawSamples } = store.usage();
  assert(rawSamples > 1_000 && rawSamples < 9_000);
  const range = { service: "checkout", from: START, to: START + 10_000_000 };
  const view = store.samples({ ...range, points: 1_500 });
  assert(view.stepMs > 0, "it comes from a tier above");
  assertEquals(view.metrics.cpu?.count.reduce((sum, count) => sum + count, 0), 10_000);
});

Deno.test("maintain() seals in portions what has piled up", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  const samples = perSecond("checkout", START, 10_000, (second) => ({ cpu: second }));
  for (let first = 0; first < 10_000; first += 100) {
    append(store, samples.slice(first, first + 100));
  }
  const left: number[] = [];
  do {
    store.maintain(START + 9_999_000);
    left.push(rows(database, "head"));
  } while (left.at(-1) !== left.at(-2));
  assertEquals(left, [70, 40, 10, 0, 0]);
});

Deno.test("maintain() forgets nothing by a clock that is put right soon after the start", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, perSecond("checkout", START, 10, () => ({ cpu: 1 })));
  maintainAll(store, START + HOUR);
  const restarted = openStore(database);
  const wrong = START + 900 * 24 * HOUR;
  restarted.open(wrong);
  maintainAll(restarted, wrong + 60_000);
  maintainAll(restarted, START + 2 * HOUR);
  assertEquals(valueAt(restarted, START), 1);
});

Deno.test("maintain() forgets a service of which nothing is left", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, perSecond("checkout", START, 10, () => ({ cpu: 1 })));
  for (const days of [0.1, 800, 801]) maintainAll(store, START + days * 24 * HOUR);
  assertEquals(rows(database, "services"), 0);
  assertEquals(openStore(database).open(START + 802 * 24 * HOUR).recent, []);
});

function openStore(database: DatabaseSync): SqliteStore {
  return new SqliteStore(database, { retention: DEFAULT_RETENTION });
}

function append(store: SqliteStore, samples: readonly Sample[]): void {
  store.append({ at: samples.at(-1)?.at ?? START, ...NOTHING, samples });
}

function maintainAll(store: SqliteStore, now: number): void {
  while (store.maintain(now));
}

function valueAt(store: SqliteStore, at: number): number | undefined {
  const range = { service: "checkout", from: at, to: at + 1, points: 10 };
  return store.samples(range).metrics.cpu?.max[0];
}

function rows(database: DatabaseSync, table: string): number {
  return Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
}

Deno.test("open() restores the newest samples though late ones were sealed last", () => {
  using database = openDatabase(IN_MEMORY);
  const store = openStore(database);
  append(store, perSecond("checkout", START, 1_200, (second) => ({ cpu: second })));
  maintainAll(store, START + 1_200_000);
  // A backlog of an hour ago, and one sample of now.
  const late = perSecond("checkout", START - HOUR, 100, () => ({ cpu: -1 }));
  append(store, [...late, ...perSecond("checkout", START + 1_200_000, 1, () => ({ cpu: 1_200 }))]);
  maintainAll(store, START + 1_900_000);
  const { recent } = openStore(database).open(START + 1_900_000);
  const values = recent[0]?.series.cpu?.map(({ value }) => value) ?? [];
  assertEquals(values.slice(-3), [1_198, 1_199, 1_200]);
});

Deno.test("maintain() keeps no more than maxBytes of all tiers together", () => {
  using database = openDatabase(IN_MEMORY);
  const maxBytes = 40_000;
  const store = new SqliteStore(database, { retention: DEFAULT_RETENTION, maxBytes });
  store.open(START);
  for (let hour = 0; hour < 30; hour++) {
    const from = START + hour * HOUR;
    const samples = ["a", "b", "c"].flatMap((service) =>
      Array.from({ length: 120 }, (_, index) => ({
        ...{ service, at: from + 30_000 * index },
        metrics: { cpu: (index * 7_919 % 1_000) / 10 },
      }))
    );
    append(store, samples);
    maintainAll(store, from + HOUR);
  }
  const { bytes } = database.prepare("SELECT sum(length(body)) AS bytes FROM chunks").get() ?? {};
  assert(Number(bytes) <= maxBytes, `${bytes} bytes`);
  assert(Number(bytes) > maxBytes / 4, `${bytes} bytes`);
});
