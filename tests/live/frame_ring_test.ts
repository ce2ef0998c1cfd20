import { assertEquals } from "@std/assert";

import { FrameRing } from "@/lib/live/frame_ring.ts";

function ringOf(limits: { heldFrames: number; heldBytes: number }, ...sizes: number[]): FrameRing {
  const ring = new FrameRing(limits);
  sizes.forEach((bytes, index) => ring.push({ text: `${index + 1}`, bytes, stats: null }));
  return ring;
}

function textsSince(ring: FrameRing, seq: number, current: number): string[] | undefined {
  return ring.since(seq, current)?.map((frame) => frame.text);
}

Deno.test("since() returns the frames after a number, oldest first", () => {
  const ring = ringOf({ heldFrames: 10, heldBytes: 100 }, 1, 1, 1);
  assertEquals(textsSince(ring, 0, 3), ["1", "2", "3"]);
  assertEquals(textsSince(ring, 2, 3), ["3"]);
  assertEquals(textsSince(ring, 3, 3), []);
});

Deno.test("since() is undefined for a number that is too old or yet to come", () => {
  const ring = ringOf({ heldFrames: 10, heldBytes: 100 }, 1, 1, 1);
  assertEquals(textsSince(ring, -1, 3), undefined);
  assertEquals(textsSince(ring, 4, 3), undefined);
});

Deno.test("push() forgets the oldest beyond either bound", () => {
  const few = ringOf({ heldFrames: 2, heldBytes: 100 }, 1, 1, 1);
  assertEquals([textsSince(few, 0, 3), textsSince(few, 1, 3)], [undefined, ["2", "3"]]);
  const small = ringOf({ heldFrames: 10, heldBytes: 100 }, 60, 50, 50);
  assertEquals([textsSince(small, 0, 3), textsSince(small, 1, 3)], [undefined, ["2", "3"]]);
});

Deno.test("push() does not even hold a frame over the bound by itself", () => {
  const ring = ringOf({ heldFrames: 10, heldBytes: 100 }, 10, 101);
  assertEquals([textsSince(ring, 1, 2), textsSince(ring, 2, 2)], [undefined, []]);
});

Deno.test("clear() forgets all", () => {
  const ring = ringOf({ heldFrames: 10, heldBytes: 100 }, 60, 40);
  ring.clear();
  assertEquals(textsSince(ring, 1, 2), undefined);
  ring.push({ text: "3", bytes: 100, stats: null });
  assertEquals(textsSince(ring, 2, 3), ["3"]);
});
