import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { AlertsPanel } from "@/components/AlertsPanel.tsx";
import { LiveStore } from "@/components/live_store.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { alert, NOW, snapshot } from "./views.ts";

const PENDING = { state: "pending", firedAt: null } as const;
const ANNA = { by: "Anna", at: NOW, note: "", severity: "warning" } as const;
const SILENCE = {
  kind: "silence",
  id: "s1",
  until: NOW + 3_600_000,
  author: "Anna",
  reason: "deploy",
} as const;

Deno.test("AlertsPanel says that all is quiet when it is", () => {
  const html = renderPanel([]);
  assert(html.includes("All quiet."));
  assertFalse(html.includes("firing"));
});

Deno.test("AlertsPanel counts firing, acknowledged, muted and pending alerts", () => {
  const html = renderPanel([
    alert("HIGH_CPU", "a"),
    alert("HIGH_CPU", "b", PENDING),
    alert("HIGH_CPU", "c", { acknowledged: ANNA }),
    alert("HIGH_CPU", "d", { silencedBy: SILENCE }),
  ]);
  assert(html.includes("<span>1 firing · 1 acknowledged · 1 muted · 1 pending</span>"), html);
});

Deno.test("AlertsPanel shows rule, severity in words, service, reason and age of a firing alert", () => {
  const html = renderPanel([alert("HIGH_CPU", "auth", { message: "CPU 93.1 % above 85 %" })]);
  assert(html.includes('data-tone="warn"'));
  assert(html.includes("<small>warning</small>"));
  assert(html.includes('<a href="#service-auth">auth</a>'));
  assert(html.includes("CPU 93.1 % above 85 %"));
  assert(html.includes('<span class="age">41 s</span>'));
});

Deno.test("AlertsPanel tells critical alerts from warnings, also in words", () => {
  const html = renderPanel([alert("SERVICE_DOWN", "auth")]);
  assert(html.includes('data-tone="crit"'));
  assert(html.includes("<small>critical</small>"));
});

Deno.test("AlertsPanel shows how far a pending alert is", async (t) => {
  const duration = { kind: "duration", neededMs: 45_000 } as const;
  const rows:
    readonly (readonly [words: string, value: number, progress: AlertView["progress"]])[] = [
      ["1 of 3", 1, { kind: "samples", breaches: 1, needed: 3 }],
      ["12 s of 45 s", 12_000, { ...duration, firesAt: NOW + 33_000 }],
      ["0 s of 45 s", 0, { ...duration, firesAt: null }],
      ["45 s of 45 s", 45_000, { ...duration, firesAt: NOW - 1 }],
    ];
  for (const [words, value, progress] of rows) {
    await t.step(words, () => {
      const html = renderPanel([alert("HIGH_CPU", "auth", { ...PENDING, progress })]);
      assert(html.includes(words), html);
      assert(html.includes(`value="${value}"`), html);
      assert(html.includes('data-tone="idle"'));
    });
  }
});

Deno.test("AlertsPanel lets the time of a pending alert tick", () => {
  const progress = { kind: "duration", neededMs: 45_000, firesAt: NOW + 33_000 } as const;
  const alerts = [alert("HIGH_CPU", "auth", { ...PENDING, progress })];
  assert(renderPanel(alerts, NOW + 5_000).includes("17 s of 45 s"));
});

Deno.test("AlertsPanel says who or what deals with an alert", async (t) => {
  const down = { kind: "down", service: "payments-db", alert: "x", until: null } as const;
  const rows: readonly (readonly [words: string, marks: Partial<AlertView>])[] = [
    ["Acknowledged by Anna", { acknowledged: ANNA }],
    ["on it", { acknowledged: { ...ANNA, note: "on it" } }],
    ["Silenced until 23:13 UTC · Anna: deploy", { silencedBy: SILENCE }],
    ["Maintenance: nightly until 23:13 UTC", {
      silencedBy: { ...SILENCE, kind: "maintenance", id: "nightly", author: "", reason: "" },
    }],
    ["Inhibited: payments-db is DOWN", { inhibitedBy: down }],
    ["Waiting for payments-db", { inhibitedBy: { ...down, kind: "unconfirmed", until: NOW } }],
    ["Waiting for payments-db: it has just come back, until 22:13:25 UTC", {
      inhibitedBy: { ...down, kind: "recovering", until: NOW + 5_000 },
    }],
    ["Flapping: 5 changes in 10 min", {
      flapping: { since: NOW, changes: 5, windowMs: 600_000 },
    }],
  ];
  for (const [words, marks] of rows) {
    await t.step(words, () => {
      const html = renderPanel([alert("HIGH_CPU", "auth", marks)]);
      assert(withoutTags(html).includes(words), withoutTags(html));
    });
  }
});

Deno.test("AlertsPanel marks what is dealt with as quieter", () => {
  assert(
    renderPanel([alert("HIGH_CPU", "a", { acknowledged: ANNA })]).includes('data-handled="true"'),
  );
  assert(renderPanel([alert("HIGH_CPU", "a")]).includes('data-handled="false"'));
});

Deno.test("AlertsPanel offers what can be done, by name", async (t) => {
  const rows: readonly (readonly [acts: readonly string[], marks: Partial<AlertView>])[] = [
    [["Acknowledge", "Silence", "Why?"], {}],
    [["Take back", "Silence", "Why?"], { acknowledged: ANNA }],
    [["Acknowledge", "Why?"], { silencedBy: SILENCE }],
    [["Why?"], PENDING],
  ];
  for (const [acts, marks] of rows) {
    await t.step(acts.join(", "), () => {
      const html = renderPanel([alert("HIGH_CPU", "auth", marks)]);
      const labels = [...html.matchAll(/aria-label="([^"]*) HIGH_CPU on auth"/g)];
      assertEquals(labels.map(([, act]) => act), [...acts]);
    });
  }
});

Deno.test("AlertsPanel leads to the page of an alert without scripts", () => {
  const html = renderPanel([alert("HIGH_CPU", "auth", { id: "HIGH_CPU:auth:k2 %" })]);
  assert(html.includes('href="/alerts/HIGH_CPU:auth:k2%20%25"'), html);
});

Deno.test("AlertsPanel lets the silence of a missing heartbeat tick", () => {
  const down = alert("SERVICE_DOWN", "auth");
  assert(renderPanel([down], NOW) !== renderPanel([down], NOW + 1_000));
});

Deno.test("AlertsPanel lists fifty alerts and leads to the rest", () => {
  const many = Array.from({ length: 53 }, (_, index) => alert("HIGH_CPU", `s${index}`));
  const html = renderPanel(many);
  assertEquals(html.match(/<li class="alert"/g)?.length, 50);
  assert(html.includes('<a href="/alerts">And 3 more</a>'));
});

Deno.test("AlertsPanel renders HTML in any text as text", () => {
  const evil = "<script>alert(1)</script>";
  const html = renderPanel([
    alert("HIGH_CPU", evil, {
      rule: evil,
      message: evil,
      acknowledged: { ...ANNA, by: evil, note: evil },
      silencedBy: { ...SILENCE, author: evil, reason: evil },
    }),
  ]);
  assertFalse(html.includes("<script"));
});

function renderPanel(alerts: readonly AlertView[], now = NOW): string {
  const store = new LiveStore(snapshot([], { alerts }), new FakeClock());
  store.now.value = now;
  return renderToString(<AlertsPanel store={store} hasReceivers onFollow={() => {}} />);
}

function withoutTags(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "");
}
