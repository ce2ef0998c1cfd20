import { type Signal, signal } from "@preact/signals";
import { assertEquals } from "@std/assert";

import { startRefetch } from "@/components/use_refetch.ts";

import { NOW } from "./views.ts";

Deno.test("startRefetch() does not fetch what the page came with", () => {
  using page = mountPage();
  page.passSeconds(5);
  assertEquals(page.fetched, 0);
});

Deno.test("startRefetch() fetches once for all changes of a second", () => {
  using page = mountPage();
  for (let change = 1; change <= 20; change++) page.watched.value = change;
  assertEquals(page.fetched, 0);
  page.passSeconds(1);
  assertEquals(page.fetched, 1);
  page.passSeconds(5);
  assertEquals(page.fetched, 1);
});

Deno.test("startRefetch() fetches at once after a quiet time", () => {
  using page = mountPage();
  page.passSeconds(3);
  page.watched.value = 1;
  assertEquals(page.fetched, 1);
});

Deno.test("startRefetch() fetches what is too old, without any change", () => {
  using page = mountPage(3_000);
  page.passSeconds(9);
  assertEquals(page.fetched, 3);
});

Deno.test("startRefetch() rests while time stands still, as it does while the data is stale", () => {
  using page = mountPage(3_000);
  for (let change = 1; change <= 20; change++) page.watched.value = change;
  assertEquals(page.fetched, 0);
});

interface MountedPage extends Disposable {
  readonly watched: Signal<number>;
  readonly fetched: number;
  passSeconds(count: number): void;
}

function mountPage(maxAgeMs = Infinity): MountedPage {
  const store = { now: signal(NOW) };
  const watched = signal(0);
  let fetched = 0;
  const stop = startRefetch({
    store,
    watch: () => watched.value,
    maxAgeMs: () => maxAgeMs,
    refetch: () => fetched++,
  });
  return {
    watched,
    get fetched() {
      return fetched;
    },
    passSeconds: (count) => {
      for (let second = 0; second < count; second++) store.now.value += 1_000;
    },
    [Symbol.dispose]: stop,
  };
}
