import { assertEquals } from "@std/assert";

import { createTimeFormat } from "@/components/local_time.ts";

import { NOW } from "./views.ts";

const DAY = 86_400_000;

Deno.test("createTimeFormat() says UTC where it is UTC, and nothing of the reader's own zone", () => {
  assertEquals(createTimeFormat("UTC").short(NOW, NOW), "22:13 UTC");
  assertEquals(/^\d\d:\d\d$/.test(createTimeFormat(null).short(NOW, NOW)), true);
});

Deno.test("createTimeFormat() gives the date only where it is another one", () => {
  const { short, exact } = createTimeFormat("UTC");
  assertEquals(exact(NOW, NOW), "22:13:20 UTC");
  assertEquals(short(NOW - DAY, NOW), "13 Nov, 22:13 UTC");
  assertEquals(exact(NOW + DAY, NOW), "15 Nov, 22:13:20 UTC");
});

Deno.test("createTimeFormat() gives the year only where it is another one", () => {
  const { short, exact, day } = createTimeFormat("UTC");
  assertEquals(exact(NOW - 365 * DAY, NOW), "14 Nov 2022, 22:13:20 UTC");
  assertEquals(short(NOW + 48 * DAY, NOW), "1 Jan 2024, 22:13 UTC");
  assertEquals(day(NOW, NOW), "14 Nov");
  assertEquals(day(NOW - 365 * DAY, NOW), "14 Nov 2022");
});

Deno.test("createTimeFormat() gives seconds where they matter", () => {
  const { near } = createTimeFormat("UTC");
  assertEquals(near(NOW + 8_000, NOW), "22:13:28 UTC");
  assertEquals(near(NOW - 8_000, NOW), "22:13:12 UTC");
  assertEquals(near(NOW + 3_600_000, NOW), "23:13 UTC");
});

Deno.test("createTimeFormat() goes by the day of its zone", () => {
  const { short } = createTimeFormat("Asia/Tokyo");
  assertEquals(short(NOW, NOW), "07:13 Asia/Tokyo");
});
