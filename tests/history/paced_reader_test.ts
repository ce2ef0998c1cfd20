import { assertEquals, assertRejects } from "@std/assert";

import { MAX_WAITING_QUESTIONS, paceReader } from "@/lib/history/paced_reader.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import { FakeHistory } from "@/tests/support/fake_history.ts";

const RANGE = { from: 0, to: 1 };

/** A history that answers when it is told to. */
class SlowHistory extends FakeHistory {
  #answers: (() => void)[] = [];

  /** How many questions it was asked and has not answered. */
  get open(): number {
    return this.#answers.length;
  }

  override async gaps(): Promise<[]> {
    await new Promise<void>((resolve) => this.#answers.push(resolve));
    if (this.fault !== null) throw this.fault;
    return [];
  }

  async answer(): Promise<void> {
    this.#answers.shift()?.();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
}

Deno.test("paceReader() asks one question at a time", async () => {
  const history = new SlowHistory();
  const reader = paceReader(history);
  const answers = [reader.gaps(RANGE), reader.gaps(RANGE)];
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  assertEquals(history.open, 1);
  await history.answer();
  assertEquals(history.open, 1);
  await history.answer();
  assertEquals([await Promise.all(answers), history.open], [[[], []], 0]);
});

Deno.test("paceReader() goes on after a question that fails", async () => {
  const history = new SlowHistory();
  const reader = paceReader(history);
  history.fault = new HistoryError("broken", "the disk");
  const failing = assertRejects(() => reader.gaps(RANGE), HistoryError, "the disk");
  const next = reader.gaps(RANGE);
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  await history.answer();
  await failing;
  history.fault = null;
  await history.answer();
  assertEquals(await next, []);
});

Deno.test("paceReader() lets only so many questions wait", async () => {
  const history = new SlowHistory();
  const reader = paceReader(history);
  const answers = Array.from({ length: MAX_WAITING_QUESTIONS }, () => reader.gaps(RANGE));
  const error = await assertRejects(() => reader.gaps(RANGE), HistoryError);
  assertEquals(error.fault, "busy");
  for (const _ of answers) await history.answer();
  await history.answer();
  await Promise.all(answers);
  const again = reader.gaps(RANGE);
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  await history.answer();
  assertEquals(await again, []);
});
