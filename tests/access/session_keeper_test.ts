import { assert, assertEquals, assertNotEquals } from "@std/assert";

import { SessionKeeper } from "@/lib/access/session_keeper.ts";
import { digestOf } from "@/lib/access/token_book.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const HOUR_MS = 3_600_000;
const KEY = digestOf("token");

function start(options: { readonly maxMs?: number; readonly count?: number } = {}) {
  const clock = new FakeClock();
  const sessions = new SessionKeeper({ clock, maxMs: 72 * HOUR_MS, ...options });
  return { clock, sessions };
}

Deno.test("SessionKeeper knows a session by the text of its cookie, of 256 bits", () => {
  const { sessions } = start();
  const [one, other] = [sessions.begin(KEY), sessions.begin(KEY)];
  assertNotEquals(one, other);
  assert(/^[A-Za-z0-9_-]{43}$/.test(one));
  assertEquals(sessions.use(one), { id: digestOf(one), key: KEY });
  for (const text of ["", "x", one.slice(1), `${one}x`, digestOf(one)]) {
    assertEquals(sessions.use(text), null);
  }
});

Deno.test("SessionKeeper ends a session by idle and by absolute time", async () => {
  const { clock, sessions } = start();
  const [idle, used] = [sessions.begin(KEY), sessions.begin(KEY)];
  for (let hour = 0; hour < 71; hour++) {
    assert(sessions.use(used) !== null);
    await clock.advance(HOUR_MS);
  }
  assertEquals(sessions.use(idle), null);
  assert(sessions.use(used) !== null);
  await clock.advance(HOUR_MS);
  assertEquals(sessions.use(used), null);
  assertEquals(sessions.size, 0);
});

Deno.test("SessionKeeper: a clock that is set moves no end", async () => {
  const { clock, sessions } = start();
  const text = sessions.begin(KEY);
  clock.step(1_000 * HOUR_MS);
  assert(sessions.use(text) !== null);
  clock.step(-2_000 * HOUR_MS);
  await clock.advance(24 * HOUR_MS);
  assertEquals(sessions.use(text), null);
});

Deno.test("SessionKeeper.lasts() is no use, touch() is one", async () => {
  const { clock, sessions } = start();
  const id = digestOf(sessions.begin(KEY));
  await clock.advance(23 * HOUR_MS);
  assert(sessions.lasts(id));
  sessions.touch(id);
  await clock.advance(23 * HOUR_MS);
  assert(sessions.lasts(id));
  await clock.advance(HOUR_MS);
  assertEquals(sessions.lasts(id), false);
});

Deno.test("SessionKeeper ends the one that was used least lately for a new one", () => {
  const { sessions } = start({ count: 2 });
  const [one, two] = [sessions.begin(KEY), sessions.begin(KEY)];
  sessions.use(one);
  const three = sessions.begin(KEY);
  assertEquals([one, two, three].map((text) => sessions.use(text) !== null), [true, false, true]);
  assertEquals(sessions.size, 2);
});

Deno.test("SessionKeeper.reconfigure() ends sessions of tokens that are gone, and shortens others", async () => {
  const { clock, sessions } = start();
  const other = digestOf("other");
  const [kept, gone] = [sessions.begin(KEY), sessions.begin(other)];
  sessions.reconfigure(2 * HOUR_MS, (key) => key === KEY);
  assertEquals([sessions.use(kept) !== null, sessions.use(gone)], [true, null]);
  await clock.advance(2 * HOUR_MS);
  assertEquals(sessions.use(kept), null);
});

Deno.test("SessionKeeper: whoever signs in again and again ends sessions of their own token alone", () => {
  const clock = new FakeClock();
  const sessions = new SessionKeeper({ clock, maxMs: 72 * HOUR_MS, count: 10, perToken: 3 });
  const [other, own] = [sessions.begin(digestOf("other")), sessions.begin(KEY)];
  const later = Array.from({ length: 100 }, () => sessions.begin(KEY));
  assertEquals(sessions.use(own), null);
  assertEquals(later.filter((text) => sessions.use(text) !== null), later.slice(-3));
  assert(sessions.use(other) !== null);
  assertEquals(sessions.size, 4);
});
