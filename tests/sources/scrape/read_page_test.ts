import { assertEquals } from "@std/assert";

import { readPage } from "@/lib/sources/scrape/read_page.ts";

import { pageOf } from "./scrapes.ts";

Deno.test("readPage() lets everything else happen amid a long page", async () => {
  let pauses = 0;
  const pause = () => {
    pauses++;
    return Promise.resolve();
  };
  const lines = Array.from({ length: 5_000 }, (_, index) => `x{n="${index}"} ${index}\n`);
  const result = await readPage(pageOf(lines.join("")), { about: "db", pause });
  assertEquals(result.kind === "read" && result.observations.length, 5_000);
  assertEquals(pauses, 2);
  await readPage(pageOf(lines.slice(0, 100).join("")), { about: "db", pause });
  assertEquals(pauses, 2);
});
