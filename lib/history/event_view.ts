/**
 * Events as they are shown.
 *
 * @module
 */

import type { Transition } from "@/lib/domain/service.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { AlertSpanView, EventView } from "@/lib/protocol/history_views.ts";

import type { NumberedGap } from "./run_table.ts";

/**
 * Returns the transition that a text of the database stands for.
 *
 * @throws {HistoryError} `corrupt` if it stands for none.
 */
export function parseTransition(text: string): Transition {
  const value = parseJson(text);
  if (isTransition(value)) return value;
  throw new HistoryError(
    "corrupt",
    "Cannot read the history: an event is damaged; restore a backup",
  );
}

/** Returns a transition as an event. */
export function viewTransition(id: string, transition: Transition): EventView {
  const { at } = transition;
  switch (transition.kind) {
    case "status":
      return { kind: "status", id, at, from: transition.from, to: transition.to };
    case "flapping":
      return { kind: "flapping", id, at, rule: transition.rule, flapping: transition.flapping };
    case "alert": {
      const { change, severity, value, limit, unit, message, rule } = transition;
      const said = { change, severity, value, limit, unit, message };
      const metric = metricOf(rule);
      return { kind: "alert", id, at, alert: transition.id, rule: rule.name, metric, ...said };
    }
  }
}

/** Returns a gap as an event. */
export function viewGap(id: string, { from: at, to }: NumberedGap): EventView {
  return { kind: "gap", id, at, to };
}

/** Returns the time in which an alert fired; nothing for what does not end one that did. */
export function viewSpan(transition: Transition): readonly AlertSpanView[] {
  if (transition.kind !== "alert" || transition.firedAt === null) return [];
  const { id, rule, severity, firedAt, at: resolvedAt, message } = transition;
  const metric = metricOf(rule);
  return [{ id, rule: rule.name, metric, severity, firedAt, resolvedAt, message }];
}

function metricOf(rule: Extract<Transition, { kind: "alert" }>["rule"]): string | null {
  return rule.kind === "threshold" ? rule.metric.id : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no transition either.
    return null;
  }
}

/** Vitals wrote it, so the kind is enough to tell. */
function isTransition(value: unknown): value is Transition {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "alert" || value.kind === "flapping" || value.kind === "status";
}
