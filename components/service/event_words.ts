/**
 * What happened, in words.
 *
 * @module
 */

import type { AlertChange } from "@/lib/domain/explain.ts";
import { formatDuration } from "@/lib/domain/instant.ts";
import type { EventView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";
import { statusNames } from "@/texts/statuses.ts";

import { STATUS_LOOKS, type Tone } from "../tone.ts";

/** An event in words. */
export interface EventWords {
  /** What it is about, such as the name of a rule. */
  readonly title: string;
  /** What happened to that. */
  readonly what: string;
  /** Why; empty where nothing is left to say. */
  readonly why: string;
  readonly tone: Tone;
  /** A shape of its own, so that colour is not needed. */
  readonly mark: string;
}

const CHANGES: Readonly<Record<AlertChange, string>> = words.changes;

/** Returns an event in words. */
export function describeEvent(event: EventView): EventWords {
  switch (event.kind) {
    case "status": {
      const { tone, mark } = STATUS_LOOKS[event.to];
      return { title: statusNames[event.to], what: "", why: explainStatus(event), tone, mark };
    }
    case "alert":
      return describeAlert(event);
    case "flapping": {
      const what = event.flapping ? words.isFlapping : words.isSteady;
      const why = event.flapping ? words.whyFlapping : "";
      return { title: event.rule, what, why, tone: event.flapping ? "warn" : "ok", mark: "≈" };
    }
    case "gap": {
      const what = words.notRunningFor(formatDuration(event.to - event.at));
      return { title: words.monitor, what, why: words.whyGap, tone: "idle", mark: "╱" };
    }
  }
}

/** A status becomes UNKNOWN again when the monitor was restarted. */
function explainStatus({ from, to }: Extract<EventView, { readonly kind: "status" }>): string {
  if (to === "UNKNOWN") return words.notHeardSinceStart;
  if (from !== "UNKNOWN") return words.wasStatus(statusNames[from]);
  return to === "DOWN" ? words.noHeartbeatCame : words.heartbeatCame;
}

function describeAlert(event: Extract<EventView, { readonly kind: "alert" }>): EventWords {
  const { rule: title, change, message: why } = event;
  const what = change === "firing"
    ? words.fired(words.severities[event.severity])
    : CHANGES[change];
  switch (change) {
    case "firing":
    case "escalated":
    case "eased":
      return event.severity === "critical"
        ? { title, what, why, tone: "crit", mark: "■" }
        : { title, what, why, tone: "warn", mark: "▲" };
    case "resolved":
      return { title, what, why, tone: "ok", mark: "✓" };
    case "pending":
    case "cancelled":
    case "acknowledged":
    case "unacknowledged":
      return { title, what, why, tone: "idle", mark: "○" };
  }
}

/** Returns newer events before older ones, each once: answers overlap. Both are newest first. */
export function mergeEvents(
  newer: readonly EventView[],
  older: readonly EventView[],
): readonly EventView[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}
