import { assert, assertEquals } from "@std/assert";

import { clampSlide, planOf, SLIDES, TALK_S } from "@/components/slides/script.ts";
import { comparePace, formatTalkTime } from "@/components/slides/talk_time.ts";

Deno.test("SLIDES are seven, in ten minutes, each with something to say", () => {
  assertEquals(SLIDES.map(({ name }) => name), [
    "Problem",
    "Architecture",
    "How a sample travels",
    "Implementation",
    "Live demo",
    "Reliability and what we measured",
    "Lessons",
  ]);
  assertEquals(SLIDES.map(({ number }) => number), [1, 2, 3, 4, 5, 6, 7]);
  const starts = SLIDES.map(({ startsAtS }) => startsAtS);
  assertEquals(starts, [...new Set(starts)].sort((a, b) => a - b));
  assertEquals([starts[0], TALK_S], [0, 600]);
  assert(SLIDES.every(({ notes }) => notes.length >= 3));
});

Deno.test("docs/PRESENTING.md tells the same plan", async () => {
  const text = await Deno.readTextFile(new URL("../../../docs/PRESENTING.md", import.meta.url));
  const found = [...text.matchAll(/^## (\d+:\d\d) · (\d) (.+)$/gm)].map((match) => match.slice(1));
  assertEquals(
    found,
    SLIDES.map(({ startsAtS, number, name }) => [formatTalkTime(startsAtS), String(number), name]),
  );
});

Deno.test("clampSlide() and planOf() know no other slides", () => {
  assertEquals([0, 1, 7, 8, NaN, 2.5].map(clampSlide), [1, 1, 7, 7, 1, 2]);
  assertEquals(planOf(99).name, "Lessons");
});

Deno.test("comparePace() tells early from late", () => {
  assertEquals(comparePace(2, 60), { words: "on time", isLate: false });
  assertEquals(comparePace(2, 20), { words: "0:40 early", isLate: false });
  assertEquals(comparePace(2, 200), { words: "1:05 late", isLate: true });
  assertEquals(comparePace(7, 600), { words: "on time", isLate: false });
  assertEquals(comparePace(7, 660), { words: "1:00 late", isLate: true });
});
