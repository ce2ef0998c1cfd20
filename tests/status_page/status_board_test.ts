import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";

import { FRESH_MS, STALE_MS, StatusBoard } from "@/lib/status_page/status_board.ts";
import { ErrorLog } from "@/tests/routes/web.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeHistory } from "@/tests/support/fake_history.ts";

function startBoard() {
  const clock = new FakeClock();
  const history = new FakeHistory();
  const world = { config: configOf({}), fault: null as Error | null };
  const outlines = () => {
    if (world.fault !== null) throw world.fault;
    return [{ name: "a", tags: [], status: "HEALTHY" as const, since: clock.now() }];
  };
  const board = new StatusBoard({
    ...{ clock, history, log: new ErrorLog(), config: () => world.config },
    source: { outlines, alertsOf: () => [] },
  });
  const made = () => history.asked.filter(([method]) => method === "gaps").length;
  return { clock, world, board, made };
}

Deno.test("StatusBoard makes one page for all that ask at the same time", async () => {
  const { board, made } = startBoard();
  const views = await Promise.all(Array.from({ length: 50 }, () => board.read()));
  assertEquals([made(), new Set(views).size], [1, 1]);
});

Deno.test("StatusBoard makes the next page when one is too old, and keeps nobody waiting for it", async () => {
  const { board, clock, made } = startBoard();
  const first = await board.read();
  await clock.advance(FRESH_MS - 1);
  assertStrictEquals(await board.read(), first);
  await clock.advance(1);
  assertStrictEquals(await board.read(), first);
  await clock.advance(0);
  const second = await board.read();
  assertEquals([made(), second?.at], [2, clock.now()]);
});

Deno.test("StatusBoard hands out nothing that is older than a minute or so", async () => {
  const { board, clock } = startBoard();
  await board.read();
  await clock.advance(FRESH_MS + STALE_MS);
  assertEquals((await board.read())?.at, clock.now());
});

Deno.test("StatusBoard shows a new configuration at once", async () => {
  const { board, world } = startBoard();
  await board.read();
  world.config = configOf({ status: { title: "Another" } });
  assertEquals((await board.read())?.title, "Another");
  world.config = configOf({ status: { enabled: false } });
  assertEquals(await board.read(), null);
});

Deno.test("StatusBoard shows a configuration that came while it made a page", async () => {
  const { board, world } = startBoard();
  const asked = board.read();
  world.config = configOf({ status: { title: "Another" } });
  assertEquals((await asked)?.title, "Another");
});

Deno.test("StatusBoard tries again after a failure", async () => {
  const { board, world } = startBoard();
  world.fault = new Error("broken");
  await assertRejects(() => board.read(), Error, "broken");
  world.fault = null;
  assert(await board.read() !== null);
});
