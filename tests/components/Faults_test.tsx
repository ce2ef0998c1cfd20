import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { Faults } from "@/components/Faults.tsx";
import { FAULT_KINDS } from "@/lib/domain/fault.ts";
import type { ActingFault, SourceView } from "@/lib/protocol/views.ts";

import { NOW } from "./views.ts";

const SIMULATED: SourceView = {
  kind: "simulated",
  worker: { state: "running", restarts: 0, reason: null },
};

function fault(changes: Partial<ActingFault> = {}): ActingFault {
  return { id: "f1", kind: "cpu-spike", startedAt: NOW - 8_000, durationMs: 30_000, ...changes };
}

Deno.test("Faults shows what acts and for how long it will, each with a button that ends it", () => {
  const html = renderFaults([fault(), fault({ id: "f2", kind: "outage", durationMs: 8_001 })]);
  const chips = [...html.matchAll(/<li.*?<\/li>/g)].map(([chip]) => textOf(chip));
  assertEquals(chips, ["cpu spike 22 s left ✕", "outage 1 s left ✕"]);
  assert(html.includes('aria-label="End cpu-spike on auth"'));
});

Deno.test("Faults counts whole seconds down, and shows long times in short", () => {
  const rows: readonly [durationMs: number, text: string][] = [
    [8_000, "0 s left"],
    [7_000, "0 s left"],
    [8_100, "1 s left"],
    [126_900, "119 s left"],
    [127_900, "2 min left"],
    [308_000, "5 min left"],
    [7_208_000, "2 h left"],
  ];
  for (const [durationMs, text] of rows) {
    const shown = textOf(renderFaults([fault({ durationMs })]));
    assert(shown.includes(` ${text}`), shown);
  }
});

Deno.test("Faults offers nothing for a service that is not simulated", () => {
  assertEquals(renderFaults([], { kind: "push" }), "");
});

Deno.test("Faults hides every button where there are no scripts", () => {
  const buttons = renderFaults([fault()]).match(/<button[^>]*>/g) ?? [];
  assertEquals(buttons.length, 2);
  for (const button of buttons) assert(/class="[^"]*\bscripted\b/.test(button), button);
});

Deno.test("Faults has no list while nothing is wrong", () => {
  assertFalse(renderFaults([]).includes("<ul"));
});

Deno.test("Faults shows each kind by a name of its own", () => {
  const faults = FAULT_KINDS.map((kind) => fault({ id: kind, kind }));
  const names = [...renderFaults(faults).matchAll(/<b>(.*?)<\/b>/g)].map(([, name]) => name);
  assertEquals(new Set(names).size, FAULT_KINDS.length);
});

function renderFaults(faults: readonly ActingFault[], source = SIMULATED): string {
  return renderToString(
    <Faults
      service={{ name: "auth", source, faults }}
      now={signal(NOW)}
      store={{ say: () => {} }}
    />,
  );
}

function textOf(html: string): string {
  return html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim();
}
