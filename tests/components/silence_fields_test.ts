import { assertEquals } from "@std/assert";

import {
  describeDraft,
  describeMatcher,
  type SilenceFields,
  SPANS,
  toMatcher,
  toSilenceBody,
} from "@/components/silence_fields.ts";
import { parseDuration } from "@/lib/domain/instant.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";

const FIELDS: SilenceFields = {
  ...{ service: " auth ", rule: "HIGH_CPU", tag: "", severity: "", span: "1h", until: "" },
  ...{ author: " Anna ", reason: "deploy" },
};
const EMPTY: SilenceFields = { ...FIELDS, service: "", rule: " " };

Deno.test("toMatcher() takes an empty field for no condition", () => {
  assertEquals(toMatcher(FIELDS), { ...MATCH_ALL, service: "auth", rule: "HIGH_CPU" });
  assertEquals(toMatcher({ ...EMPTY, severity: "critical" }), {
    ...MATCH_ALL,
    severity: "critical",
  });
});

Deno.test("toMatcher() makes nothing of nothing, as that would mute everything", () => {
  assertEquals(toMatcher(EMPTY), null);
});

Deno.test("describeMatcher() says which alerts are meant", async (t) => {
  const rows = [
    ["HIGH_CPU on auth", { service: "auth", rule: "HIGH_CPU" }],
    ["Everything on auth", { service: "auth" }],
    ["Everything on all services", { service: "*" }],
    ["HIGH_CPU on all services", { rule: "HIGH_CPU" }],
    ["critical HIGH_CPU on auth", { service: "auth", rule: "HIGH_CPU", severity: "critical" }],
    ["Everything on all services tagged batch", { tag: "batch" }],
  ] as const;
  for (const [words, conditions] of rows) {
    await t.step(words, () => {
      assertEquals(describeMatcher({ ...MATCH_ALL, ...conditions }), words);
    });
  }
});

Deno.test("describeDraft() asks for a condition while there is none", () => {
  assertEquals(describeDraft(EMPTY), "Nothing yet: name a service, a rule, a tag or a severity");
});

Deno.test("toSilenceBody() is what the API takes", () => {
  assertEquals(toSilenceBody(FIELDS), {
    match: { service: "auth", rule: "HIGH_CPU" },
    duration: "1h",
    author: "Anna",
    reason: "deploy",
  });
});

Deno.test("toSilenceBody() takes a local time for the end", () => {
  const until = "2026-11-24T13:00";
  const { endsAt, duration } = toSilenceBody({ ...FIELDS, span: "until", until });
  assertEquals([endsAt, duration], [new Date(2026, 10, 24, 13).getTime(), undefined]);
});

Deno.test("SPANS are durations that Vitals can read", () => {
  assertEquals(SPANS.map(({ value }) => parseDuration(value) / 60_000), [
    30,
    60,
    240,
    1440,
    10_080,
  ]);
});
