import { assertEquals } from "@std/assert";

import { nothingKnown, type PastAnswer, type PastData } from "@/components/service/past_data.ts";
import {
  type LiveMoment,
  type OlderAnswer,
  type PastSource,
  PastStore,
} from "@/components/service/past_store.ts";
import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import { parseWindowChoice } from "@/lib/domain/time_window.ts";
import type { EventView, SeriesColumns } from "@/lib/protocol/history_views.ts";
import { startState } from "@/lib/protocol/live_state.ts";

import { metric, NOW, service, snapshot } from "../views.ts";

const SPAN_MS = 300_000;

/** Answers when it is told to. */
class FakeSource implements PastSource {
  readonly asked: (TimeSpan & { readonly now: Instant })[] = [];
  readonly olderThan: string[] = [];
  older: OlderAnswer = { kind: "ready", events: [], hasOlder: false };
  readonly #answers: ((answer: PastAnswer) => void)[] = [];

  load(span: TimeSpan, now: Instant): Promise<PastAnswer> {
    this.asked.push({ ...span, now });
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  loadOlder(before: string): Promise<OlderAnswer> {
    this.olderThan.push(before);
    return Promise.resolve(this.older);
  }

  /** Answers the oldest open question. */
  async answer(answer: PastAnswer): Promise<void> {
    this.#answers.shift()?.(answer);
    await Promise.resolve();
    await Promise.resolve();
  }
}

Deno.test("PastStore lets a window of raw samples slide and takes the live ones", () => {
  const { store } = startStore("5m");
  store.follow(moment(1_000, [[500, 41], [1_000, 42]]));
  assertEquals(store.shown.value, { from: NOW + 1_000 - SPAN_MS, to: NOW + 1_000 });
  assertEquals(store.history.value.metrics.cpu?.avg, [40, 41, 42]);
});

Deno.test("PastStore leaves buckets to the server", () => {
  const { store, source } = startStore("1h", { stepMs: 10_000 });
  store.follow(moment(9_000, [[9_000, 42]]));
  assertEquals(store.history.value.metrics.cpu?.avg, [40]);
  assertEquals(store.shown.value.to, NOW);
  assertEquals(source.asked, []);
});

Deno.test("PastStore asks again after a step, and one question at a time", async () => {
  const { store, source } = startStore("1h", { stepMs: 10_000 });
  store.follow(moment(10_000));
  store.follow(moment(30_000));
  assertEquals(source.asked.map(({ to }) => to - NOW), [10_000]);
  await source.answer(ready(dataOf({ stepMs: 10_000 })));
  assertEquals(store.shown.value.to, NOW + 10_000);
  store.follow(moment(31_000));
  assertEquals(source.asked.map(({ to }) => to - NOW), [10_000, 31_000]);
});

Deno.test("PastStore asks at most every two seconds, whatever changes", () => {
  const { store, source } = startStore("1h", { stepMs: 500 });
  store.follow(moment(0));
  store.follow({ ...moment(1_000), service: live({ status: "DOWN" }) });
  store.follow({ ...moment(1_900), service: live({ status: "DOWN" }) });
  assertEquals(source.asked.length, 0);
  store.follow({ ...moment(2_000), service: live({ status: "DOWN" }) });
  assertEquals(source.asked.length, 1);
});

Deno.test("PastStore asks again when status or alerts change, in a zoomed window as well", () => {
  const { store, source } = startStore("window=1h&from=1000&to=9000");
  store.follow(moment(0));
  store.follow(moment(60_000));
  assertEquals(source.asked, []);
  store.follow({ ...moment(61_000), service: live({ alerts: ["a"] }) });
  assertEquals(source.asked, [{ from: 1_000, to: 9_000, now: NOW + 61_000 }]);
  assertEquals(store.shown.value, { from: 1_000, to: 9_000 });
});

Deno.test("PastStore stands still while nobody looks, and asks when somebody does", () => {
  const { store, source } = startStore("1h", { stepMs: 10_000 });
  store.setHidden(true);
  store.follow(moment(60_000));
  assertEquals(source.asked, []);
  store.setHidden(false);
  store.follow(moment(61_000));
  assertEquals(source.asked.length, 1);
});

Deno.test("PastStore asks again once a lost connection is back", () => {
  const { store, source } = startStore("5m");
  store.follow({ ...moment(3_000), isLost: true });
  assertEquals(source.asked, []);
  store.follow(moment(4_000));
  assertEquals(source.asked.length, 1);
});

Deno.test("PastStore keeps live samples that an answer does not have yet", async () => {
  const { store, source } = startStore("5m");
  store.follow(moment(15_000, [[15_000, 50]]));
  store.follow(moment(16_000, [[15_000, 50], [16_000, 51]]));
  const answer = dataOf({ columns: columnsOf([[NOW, 40], [NOW + 14_000, 49]]) });
  await source.answer(ready({
    ...answer,
    history: { ...answer.history, to: NOW + 15_000 },
  }));
  assertEquals(store.history.value.metrics.cpu?.avg, [40, 49, 50, 51]);
  assertEquals(store.shown.value.to, NOW + 16_000);
});

Deno.test("PastStore shows the window that was chosen last, whatever answer comes first", async () => {
  const { store, source } = startStore("1h", { stepMs: 10_000 });
  store.choose(choiceOf("window=6h"));
  store.choose(choiceOf("window=24h"));
  assertEquals(store.isLoading.value, true);
  await source.answer(ready(dataOf({ columns: columnsOf([[1, 1]]) })));
  assertEquals(store.isLoading.value, true);
  await source.answer(ready(dataOf({ columns: columnsOf([[2, 2]]) })));
  assertEquals(store.history.value.metrics.cpu?.avg, [2]);
  assertEquals(store.isLoading.value, false);
  assertEquals(store.shown.value.to - store.shown.value.from, 86_400_000);
});

Deno.test("PastStore leaves the picture as it is until the answer is there", async () => {
  const { store, source } = startStore("5m");
  store.choose(choiceOf("window=24h"));
  store.follow(moment(1_000, [[1_000, 42]]));
  assertEquals(store.shown.value, { from: NOW - SPAN_MS, to: NOW });
  assertEquals(store.history.value.metrics.cpu?.avg, [40]);
  await source.answer({ kind: "failed", reason: "no" });
  store.follow(moment(2_000, [[1_000, 42]]));
  assertEquals(store.shown.value, { from: NOW - SPAN_MS, to: NOW });
  store.retry();
  await source.answer(ready(dataOf({ stepMs: 300_000 })));
  assertEquals(store.shown.value, { from: NOW + 2_000 - 86_400_000, to: NOW + 2_000 });
});

Deno.test("PastStore says why it failed, keeps what it has, and forgets that after a success", async () => {
  const { store, source } = startStore("5m");
  store.retry();
  await source.answer({ kind: "failed", reason: "Cannot load the samples: HTTP 503" });
  assertEquals(store.failure.value, "Cannot load the samples: HTTP 503");
  assertEquals(store.history.value.metrics.cpu?.avg, [40]);
  store.retry();
  await source.answer(ready(dataOf({})));
  assertEquals(store.failure.value, null);
});

Deno.test("PastStore begins with a failure of the server", () => {
  const answer: PastAnswer = { kind: "failed", reason: "no disk" };
  const start = { choice: choiceOf("window=5m"), now: NOW, answer };
  const store = new PastStore(start, new FakeSource());
  assertEquals(store.failure.value, "no disk");
  assertEquals(store.history.value.metrics, {});
});

Deno.test("PastStore adds older events, and keeps them when newer ones come", async () => {
  const { store, source } = startStore("5m", { events: [gap("3"), gap("2")], hasOlder: true });
  source.older = { kind: "ready", events: [gap("1")], hasOlder: false };
  await store.loadOlder();
  assertEquals(source.olderThan, ["2"]);
  assertEquals(store.events.value.map(({ id }) => id), ["3", "2", "1"]);
  assertEquals(store.hasOlder.value, false);
  store.retry();
  await source.answer(ready(dataOf({ events: [gap("4"), gap("3")], hasOlder: true })));
  assertEquals(store.events.value.map(({ id }) => id), ["4", "3", "2", "1"]);
  assertEquals(store.hasOlder.value, false);
});

Deno.test("PastStore lists no events with others missing in between", async () => {
  const { store, source } = startStore("5m", { events: [gap("2"), gap("1")] });
  store.retry();
  await source.answer(ready(dataOf({ events: [gap("9"), gap("8")], hasOlder: true })));
  assertEquals(store.events.value.map(({ id }) => id), ["9", "8"]);
  assertEquals(store.hasOlder.value, true);
});

Deno.test("PastStore keeps the cursor while it is in the window, and forgets it then", () => {
  const { store } = startStore("5m");
  store.cursor.value = NOW - 1_000;
  store.choose(choiceOf("window=6h"));
  assertEquals(store.cursor.value, NOW - 1_000);
  store.choose(choiceOf("from=1000&to=9000"));
  assertEquals(store.cursor.value, null);
});

function choiceOf(query: string) {
  return parseWindowChoice(new URLSearchParams(query));
}

function ready(data: PastData): PastAnswer {
  return { kind: "ready", data };
}

interface Known {
  readonly stepMs?: number;
  readonly columns?: SeriesColumns;
  readonly events?: readonly EventView[];
  readonly hasOlder?: boolean;
}

/** One sample of now, unless told otherwise. */
function dataOf(known: Known): PastData {
  const { stepMs = 0, columns = columnsOf([[NOW, 40]]), events = [], hasOlder = false } = known;
  const nothing = nothingKnown({ from: NOW - SPAN_MS, to: NOW });
  const history = { ...nothing.history, stepMs, metrics: { cpu: columns } };
  return { ...nothing, history, events, hasOlder };
}

function columnsOf(samples: readonly (readonly [at: Instant, value: number])[]): SeriesColumns {
  const values = samples.map(([, value]) => value);
  const t = samples.map(([at]) => at);
  return { t, min: values, max: values, avg: values, count: values.map(() => 1) };
}

function startStore(window: string, known: Known = {}) {
  const source = new FakeSource();
  const choice = choiceOf(window.includes("=") ? window : `window=${window}`);
  const answer = ready(dataOf(known));
  return { source, store: new PastStore({ choice, now: NOW, answer }, source) };
}

function gap(id: string): EventView {
  return { kind: "gap", id, at: NOW, to: NOW };
}

function live(
  changes: Parameters<typeof service>[1] = {},
  samples: readonly (readonly [afterMs: number, value: number])[] = [],
) {
  const recent = samples.map(([, value]) => value);
  const times = samples.map(([afterMs], index) =>
    index === 0 ? NOW + afterMs : afterMs - (samples[index - 1]?.[0] ?? 0)
  );
  const view = service("auth", { metrics: { cpu: metric({ recent, times }) }, ...changes });
  return startState(snapshot([view])).services.get("auth");
}

function moment(
  afterMs: number,
  samples: readonly (readonly [afterMs: number, value: number])[] = [],
): LiveMoment {
  return { now: NOW + afterMs, isLost: false, service: live({}, samples) };
}
