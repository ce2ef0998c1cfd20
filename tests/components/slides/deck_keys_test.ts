import { assertEquals } from "@std/assert";

import {
  actOfDemoKey,
  actOfKey,
  actOfSwipe,
  type DeckAct,
  type PressedKey,
  slideOfUrl,
} from "@/components/slides/deck_keys.ts";

const show = (slide: number): DeckAct => ({ kind: "show", slide });

function pressed(key: string, held: Partial<PressedKey> = {}): PressedKey {
  return { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held };
}

Deno.test("actOfKey() knows each key", async (t) => {
  const rows: readonly [key: string, current: number, act: DeckAct | null][] = [
    ["ArrowRight", 3, show(4)],
    ["ArrowDown", 3, show(4)],
    ["PageDown", 3, show(4)],
    [" ", 3, show(4)],
    ["ArrowLeft", 3, show(2)],
    ["ArrowUp", 3, show(2)],
    ["PageUp", 3, show(2)],
    ["Home", 3, show(1)],
    ["End", 3, show(7)],
    ["5", 3, show(5)],
    ["8", 3, null],
    ["ArrowRight", 7, show(7)],
    ["ArrowLeft", 1, show(1)],
    ["s", 5, { kind: "start" }],
    ["S", 5, { kind: "start" }],
    ["p", 1, { kind: "presenter" }],
    ["f", 1, { kind: "fullscreen" }],
    ["r", 1, { kind: "reset" }],
    ["?", 1, { kind: "help" }],
    ["Escape", 1, { kind: "back" }],
    ["x", 1, null],
    ["Tab", 1, null],
  ];
  for (const [key, current, act] of rows) {
    await t.step(
      `"${key}" on ${current}`,
      () => assertEquals(actOfKey(pressed(key), current), act),
    );
  }
});

Deno.test("actOfKey() goes back with Shift and Space, and leaves the browser its keys", () => {
  assertEquals(actOfKey(pressed(" ", { shiftKey: true }), 3), show(2));
  for (const held of ["ctrlKey", "altKey", "metaKey"] as const) {
    assertEquals(actOfKey(pressed("p", { [held]: true }), 3), null);
  }
});

Deno.test("actOfDemoKey() leaves the dashboard its own keys", () => {
  assertEquals(actOfDemoKey(pressed("PageDown"), 5), show(6));
  assertEquals(actOfDemoKey(pressed("PageUp"), 5), show(4));
  assertEquals(actOfDemoKey(pressed("Escape"), 5), { kind: "back" });
  assertEquals(actOfDemoKey(pressed("s"), 5), { kind: "start" });
  assertEquals(actOfDemoKey(pressed("2"), 5), show(2));
  for (const key of ["ArrowRight", " ", "/", "p", "Home"]) {
    assertEquals(actOfDemoKey(pressed(key), 5), null);
  }
});

Deno.test("actOfSwipe() turns slides sideways only", () => {
  assertEquals(actOfSwipe({ dx: -80, dy: 10 }, 3), show(4));
  assertEquals(actOfSwipe({ dx: 80, dy: -10 }, 3), show(2));
  assertEquals(actOfSwipe({ dx: -40, dy: 0 }, 3), null);
  assertEquals(actOfSwipe({ dx: -80, dy: 60 }, 3), null);
});

Deno.test("slideOfUrl() takes any address for a slide", async (t) => {
  const rows: readonly [address: string, slide: number][] = [
    ["", 1],
    ["#3", 3],
    ["?slide=3", 3],
    ["?slide=2#6", 6],
    ["#0", 1],
    ["#99", 7],
    ["#main", 1],
    ["?slide=-4", 1],
    ["?slide=2.9", 2],
    ["?slide=x", 1],
  ];
  for (const [address, slide] of rows) {
    await t.step(`"${address}"`, () => {
      assertEquals(slideOfUrl(new URL(`http://127.0.0.1:8000/slides${address}`)), slide);
    });
  }
});
