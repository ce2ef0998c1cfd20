import { assertEquals } from "@std/assert";

import { type PostedSilence, postSilence } from "@/lib/alertmanager/silence_body.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import { FakeDesk } from "@/tests/routes/fake_desk.ts";

const NOW = 1_700_000_000_000;
const MATCHER = { ...MATCH_ALL, service: "checkout" };
const DRAFT = { matcher: MATCHER, endsAt: NOW + 60_000, author: "ann", reason: "disk" };
const POSTED: PostedSilence = { id: "", startsAt: NOW - 1_000, ...DRAFT };

/** Returns a desk with a silence that began a minute ago. */
function deskWithOne(endsAt = NOW + 30_000): FakeDesk {
  const desk = new FakeDesk();
  const startsAt = NOW - 60_000;
  const state = endsAt > NOW ? "active" : "expired";
  desk.silenceList.push({
    ...DRAFT,
    endsAt,
    id: "s1",
    startsAt,
    createdAt: startsAt,
    state,
    mutes: 0,
  });
  return desk;
}

Deno.test("postSilence() makes a new one, which begins now if it should have before", () => {
  const desk = new FakeDesk();
  postSilence(desk, POSTED, NOW);
  postSilence(desk, { ...POSTED, startsAt: NOW + 5 }, NOW);
  assertEquals(desk.acts, [
    ["addSilence", { ...DRAFT, startsAt: null }],
    ["addSilence", { ...DRAFT, startsAt: NOW + 5 }],
  ]);
});

Deno.test("postSilence() changes one in its place if it mutes the same from the same second on", () => {
  const desk = deskWithOne();
  const startsAt = NOW - 60_000 + 900;
  const result = postSilence(desk, { ...POSTED, id: "s1", startsAt }, NOW);
  assertEquals(result.kind === "done" && result.value.id, "s1");
  assertEquals(desk.acts, [["changeSilence", "s1", { ...DRAFT, startsAt: NOW - 60_000 }]]);
});

Deno.test("postSilence() replaces one that is to mute something else", () => {
  const desk = deskWithOne();
  const matcher = { ...MATCHER, rule: "HIGH_*" };
  const result = postSilence(desk, { ...POSTED, id: "s1", startsAt: NOW - 60_000, matcher }, NOW);
  assertEquals(result.kind === "done" && result.value.id, "silence-2");
  assertEquals(desk.acts, [
    ["addSilence", { ...DRAFT, matcher, startsAt: null }],
    ["endSilence", "s1"],
  ]);
});

Deno.test("postSilence() makes a new one in the place of one that is over", () => {
  const desk = deskWithOne(NOW - 1);
  postSilence(desk, { ...POSTED, id: "s1", startsAt: NOW - 60_000 }, NOW);
  assertEquals(desk.acts.map(([act]) => act), ["addSilence"]);
});

Deno.test("postSilence() leaves all as it is if there is no such silence, or no room", () => {
  const desk = deskWithOne();
  assertEquals(postSilence(desk, { ...POSTED, id: "s2" }, NOW), { kind: "unknown" });
  desk.refusal = { kind: "full", reason: "no room" };
  assertEquals(postSilence(desk, { ...POSTED, id: "s1" }, NOW).kind, "full");
  assertEquals(desk.acts.map(([act]) => act), ["addSilence"]);
});
