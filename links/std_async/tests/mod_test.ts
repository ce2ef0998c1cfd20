import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import {
  abortable,
  deadline,
  debounce,
  delay,
  MuxAsyncIterator,
  pooledMap,
  retry,
  RetryError,
  tee,
} from "@std/async";

async function* count(to: number): AsyncIterableIterator<number> {
  for (let i = 1; i <= to; i++) yield await Promise.resolve(i);
}

Deno.test("delay() rejects with the reason of an aborted signal", async () => {
  const controller = new AbortController();
  const waiting = delay(1e10, { signal: controller.signal });
  controller.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  await delay(0);
});

Deno.test("deadline() passes the value on, or rejects when time is up", async () => {
  assertEquals(await deadline(Promise.resolve("v"), 1e10, {}), "v");
  const never = new Promise<void>(() => {});
  const error = await assertRejects(() => deadline(never, 1), DOMException);
  assertEquals(error.name, "TimeoutError");
});

Deno.test("abortable() takes promises and async iterables", async () => {
  const { signal } = new AbortController();
  assertEquals(await abortable(Promise.resolve(1), signal), 1);
  const values: number[] = await Array.fromAsync(abortable(count(2), signal));
  assertEquals(values, [1, 2]);
});

Deno.test("debounce() makes only the last call", () => {
  const calls: string[] = [];
  const call = debounce((text: string) => void calls.push(text), 1000);
  call("a");
  call("b");
  assertEquals(call.pending, true);
  call.flush();
  assertEquals([calls, call.pending], [["b"], false]);
});

Deno.test("retry() tries again until the function succeeds", async () => {
  let calls = 0;
  const flaky = () => {
    if (++calls < 3) throw new Error("not yet");
    return calls;
  };
  assertEquals(await retry(flaky, { minTimeout: 0 }), 3);
});

Deno.test("retry() reports the last failure as cause", async () => {
  const failure = new Error("always");
  const error = await assertRejects(
    () => retry(() => Promise.reject(failure), { maxAttempts: 2, minTimeout: 0 }),
    RetryError,
  );
  assertStrictEquals(error.cause, failure);
});

Deno.test("pooledMap() keeps the order of its input", async () => {
  const doubled = pooledMap(2, [1, 2, 3], (n) => Promise.resolve(n * 2));
  assertEquals(await Array.fromAsync(doubled), [2, 4, 6]);
});

Deno.test("tee() yields every value in each branch", async () => {
  const [a, b] = tee(count(3));
  assertEquals(await Array.fromAsync(a), [1, 2, 3]);
  assertEquals(await Array.fromAsync(b), [1, 2, 3]);
});

Deno.test("MuxAsyncIterator yields the values of all sources", async () => {
  const mux = new MuxAsyncIterator<number>();
  mux.add(count(2));
  mux.add(count(1));
  assertEquals((await Array.fromAsync(mux)).toSorted(), [1, 1, 2]);
});
