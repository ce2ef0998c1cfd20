import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { AlertStory } from "@/components/AlertStory.tsx";
import { LiveStore } from "@/components/live_store.ts";
import { LocalTimes } from "@/components/Time.tsx";
import { DEFAULT_RULES, type Rule } from "@/lib/domain/rule.ts";
import type { AlertDetail, AlertView, TransitionView } from "@/lib/protocol/views.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { alert, notification, NOW, snapshot } from "./views.ts";

const CPU = alert("HIGH_CPU", "auth");
const EVIDENCE = [88.2, 91, 93.1].map((value, index) => ({
  at: NOW - 43_000 + index * 1_000,
  value,
}));

Deno.test("AlertStory says the rule in words", () => {
  assert(tell().includes("CPU above 85 % for 3 samples; resolves at 85 % or less."));
});

Deno.test("AlertStory says the number that was computed against its limit", () => {
  assert(tell().includes("CPU was 93.1 %: 8.1 percentage points above the limit of 85 %."));
});

Deno.test("AlertStory draws exactly the samples looked at, in shapes, and the limit", () => {
  const html = renderStory();
  const cause = html.slice(html.indexOf("What made it fire"), html.indexOf("Who was told"));
  assertEquals(cause.match(/<svg class="value" data-level="breach" x=/g)?.length, 3);
  assertEquals(cause.match(/<line class="limit" data-kind="limit" x1/g)?.length, 1);
  for (const value of ["88.2", "91.0", "93.1"]) assert(cause.includes(`>${value}</text>`), value);
});

Deno.test("AlertStory has the same as a table", () => {
  const html = renderStory();
  const rows = [...html.matchAll(/<tr data-beyond="(\w+)">(.*?)<\/tr>/g)].slice(0, 3);
  assertEquals(rows.map(([, isBeyond, cells]) => [isBeyond, withoutTags(cells ?? "|", "|")]), [
    ["true", "22:12:37 UTC|88.2 %|above"],
    ["true", "22:12:38 UTC|91.0 %|above"],
    ["true", "22:12:39 UTC|93.1 %|above"],
  ]);
});

Deno.test("AlertStory shows the means that were judged beside the samples", () => {
  const rule = findRule("HIGH_LATENCY");
  const evidence = [300, 520, 540, 610, 700, 690].map((value, at) => ({ at: NOW + at, value }));
  const html = renderStory({
    transitions: [step("firing", { rule, evidence, value: 612, limit: 500, unit: "ms" })],
  });
  assert(html.includes("The mean of the last 5 latency samples was 612 ms"));
  assert(html.includes('<th scope="col">Mean of 5</th>'));
  assertEquals(html.match(/<circle class="raw" cx/g)?.length, 12);
});

Deno.test("AlertStory draws the silence of a missing heartbeat", () => {
  const rule = findRule("SERVICE_DOWN");
  const evidence = [{ at: NOW - 5_000, value: 5 }];
  const html = renderStory({
    alert: alert("SERVICE_DOWN", "auth"),
    transitions: [step("firing", { rule, evidence, at: NOW, value: 5, limit: 5, unit: "s" })],
  });
  assert(html.includes("No heartbeat for 5 s; resolves with the next heartbeat."));
  assert(html.includes("5.0 s of silence"));
  assert(html.includes("limit 5 s"));
});

Deno.test("AlertStory tells the life newest first, each step with its reason", () => {
  const html = renderStory({
    transitions: [
      step("pending", { message: "CPU 88.2 % above 85 %" }),
      step("firing", { message: "CPU 93.1 % above 85 % for 3 samples" }),
      step("acknowledged", { message: "acknowledged by Anna: on it" }),
    ],
  });
  const life = html.slice(html.indexOf("Its life"));
  const places = ["acknowledged by Anna: on it", "for 3 samples", "CPU 88.2 % above"].map((text) =>
    life.indexOf(text)
  );
  assert(places.every((place, index) => place > (places[index - 1] ?? 0)), String(places));
});

Deno.test("AlertStory lets each judgement be opened, but no act of a person", () => {
  const html = renderStory({ transitions: [step("firing"), step("acknowledged")] });
  const life = html.slice(html.indexOf("Its life"));
  assertEquals(life.match(/<summary><time/g)?.length, 1);
});

Deno.test("AlertStory explains the latest step that made it as bad as it is", () => {
  const text = tell({
    transitions: [
      step("firing"),
      step("escalated", { value: 98.4, limit: 95, severity: "critical" }),
    ],
  });
  assert(text.includes("CPU was 98.4 %: 3.4 percentage points above the limit of 95 %."));
});

Deno.test("AlertStory explains an alert whose steps are gone by what it holds itself", () => {
  const text = tell({ alert: { ...CPU, evidence: EVIDENCE }, transitions: [] });
  assert(text.includes("CPU was 93.1 %"));
  assert(text.includes("What was looked at"));
});

Deno.test("AlertStory says who was told and what became of it", () => {
  const text = tell({
    notifications: [
      notification(),
      notification({
        ...{ id: "n2", receiver: "team", receiverKind: "slack", state: "held", attempts: [] },
        decision: {
          kind: "hold",
          reason: { code: "silenced", by: "Anna", until: NOW + 3_600_000 },
        },
      }),
    ],
  });
  assert(text.includes("ops was told."));
  assert(text.includes("ops (webhook): sent, first: delivered, HTTP 204"), text);
  assert(text.includes("team (slack): held: silenced by Anna until 23:13 UTC"), text);
});

Deno.test("AlertStory says in a plain sentence that nobody was told and why", () => {
  const html = renderStory({ notifications: [] }, { hasReceivers: false });
  assert(html.includes("Nobody was told: no receivers are configured."));
});

Deno.test("AlertStory says how long a resolved alert lasted, and offers no act", () => {
  const resolved: AlertView = { ...CPU, state: "resolved", resolvedAt: NOW };
  const html = renderStory({ alert: resolved });
  assert(withoutTags(html).includes("22:12:39 UTC to 22:13:20 UTC, it lasted 41 s"));
  assertFalse(html.includes("<button"));
});

Deno.test("AlertStory renders HTML in any text as text", () => {
  const evil = "<script>alert(1)</script>";
  const html = renderStory({
    alert: { ...CPU, service: evil, rule: evil, message: evil },
    transitions: [step("firing", { message: evil })],
    notifications: [notification({ receiver: evil, title: evil })],
  });
  assertFalse(html.includes("<script"));
});

function step(
  change: TransitionView["change"],
  changes: Partial<TransitionView> = {},
): TransitionView {
  return {
    ...{ change, at: NOW - 41_000, severity: "warning", value: 93.1, limit: 85, unit: "%" },
    ...{ message: "CPU 93.1 % above 85 % for 3 samples", evidence: EVIDENCE },
    ...{ rule: findRule("HIGH_CPU"), seenAt: NOW, acknowledged: null },
    ...changes,
  };
}

function findRule(name: string): Rule {
  const rule = DEFAULT_RULES.find((known) => known.name === name);
  if (rule === undefined) throw new RangeError(`Cannot find rule "${name}"`);
  return rule;
}

function renderStory(
  changes: Partial<AlertDetail> = {},
  { hasReceivers = true }: { readonly hasReceivers?: boolean } = {},
): string {
  const detail = { alert: CPU, transitions: [step("firing")], notifications: [], ...changes };
  const store = new LiveStore(snapshot([], { alerts: [detail.alert] }), new FakeClock());
  return renderToString(
    <LocalTimes now={store.now}>
      <AlertStory heading="h2" detail={detail} store={store} hasReceivers={hasReceivers} />
    </LocalTimes>,
  );
}

function tell(changes: Partial<AlertDetail> = {}): string {
  return withoutTags(renderStory(changes));
}

function withoutTags(html: string, between = ""): string {
  const text = html.replaceAll(/<\/t[dh]>/g, between).replaceAll(/<[^>]*>/g, "");
  return between === "" ? text : text.slice(0, -between.length);
}
