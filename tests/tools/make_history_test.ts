import { assert, assertEquals, assertThrows } from "@std/assert";

import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { IN_MEMORY, openDatabase } from "@/lib/history/database.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { SqliteStore } from "@/lib/history/sqlite_store.ts";
import { makeHistory, parseArguments, refuseHistory } from "@/tools/make_history.ts";

const DAY = 86_400_000;
/** 2026-03-01T00:00:00Z */
const END = 1_772_323_200_000;
const DAYS = 6;
const SERVICES = ["auth-service", "payment-service", "reporting-service", "inventory-service"];

Deno.test("makeHistory() gives the same answers each time, spikes and trouble among them", () => {
  const [one, other] = [makeStore(), makeStore()];
  const month = { from: END - 30 * DAY, to: END, points: 500 };
  const answers = (store: SqliteStore) =>
    SERVICES.map((service) => ({
      samples: store.samples({ service, ...month }),
      statuses: store.statuses(service, month),
      events: store.events({ service, ...month, limit: 1_000, before: null }),
    }));
  const found = answers(one);
  assertEquals(JSON.stringify(answers(other)), JSON.stringify(found));
  const peaks = found.map(({ samples }) => samples.metrics.cpu?.max ?? []);
  assert(peaks.some((max) => max.includes(99.5)), "a spike of a second is seen at 30 days");
  const kinds = new Set(
    found.flatMap(({ events }) => events.map((event) => event.kind === "status" ? event.to : "")),
  );
  assert(kinds.has("DEGRADED") || kinds.has("DOWN"));
  for (const { statuses, samples } of found) {
    assertEquals(statuses.at(-1)?.status, "HEALTHY");
    assertEquals(samples.metrics.cpu?.t.length, (DAYS * DAY) / (2 * 3_600_000));
  }
});

Deno.test("makeHistory() leaves no alert that goes on", () => {
  const store = makeStore();
  const { transitions } = store.open(END);
  const last = new Map(transitions.map((text) => {
    const { id, change } = JSON.parse(text);
    return [id, change];
  }));
  assertEquals(
    [...new Set(last.values())].filter((change) => !/resolved|cancelled/.test(change)),
    [],
  );
  assert(last.size > 0);
});

Deno.test("refuseHistory() refuses a folder that has one", async () => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    refuseHistory(folder);
    openFolder(folder, DEFAULT_RETENTION).close();
    assertThrows(() => refuseHistory(folder), RangeError, "there is one already");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("parseArguments() takes a folder and an end, now by default", () => {
  assertEquals(parseArguments(["data"], 5), { folder: "data", end: 5 });
  assertEquals(parseArguments(["data", "2026-03-01T00:00:00Z"], 5), { folder: "data", end: END });
  assertThrows(() => parseArguments([], 5), RangeError, "name a new folder");
  assertThrows(() => parseArguments(["data", "soon"], 5), RangeError, 'got "soon"');
});

function makeStore(): SqliteStore {
  const store = new SqliteStore(openDatabase(IN_MEMORY), { retention: DEFAULT_RETENTION });
  makeHistory(store, { end: END, days: DAYS });
  return store;
}
