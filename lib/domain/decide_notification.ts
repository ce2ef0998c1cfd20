/**
 * Whether a receiver is told something about an incident now, and why or why not. An incident is the time
 * during which anything of one service fires; what fires in it is told together.
 *
 * @module
 */

import type { Instant } from "./instant.ts";
import type { HoldReason, SendReason } from "./notification.ts";
import type { Severity } from "./rule.ts";

/** A firing alert as it matters for telling. */
export interface IncidentAlert {
  /** Its id. */
  readonly id: string;
  /** Name of its rule. */
  readonly rule: string;
  /** How bad it is now. */
  readonly severity: Severity;
  /** When it fired, by the clock of `TellContext.now`. */
  readonly firedAt: Instant;
  /** Why it is not to be told; `null` if it is. */
  readonly muted: HoldReason | null;
}

/** A rule whose alert flaps, whether it fires at the moment or not. */
export interface FlappingRule {
  /** Name of the rule. */
  readonly rule: string;
  /** How bad its alert is, or was last. */
  readonly severity: Severity;
  /** Why that is not to be told; `null` if it is. */
  readonly muted: HoldReason | null;
}

/** An incident as one receiver may hear of it. */
export interface IncidentFacts {
  /** What fires now, worst first. */
  readonly alerts: readonly IncidentAlert[];
  /** What flaps now. */
  readonly flapping: readonly FlappingRule[];
}

/** What a receiver knows of an incident. */
export interface Told {
  /** How bad the alert of each rule was when it was told last; those that have resolved are forgotten. */
  readonly rules: Readonly<Record<string, Severity>>;
  /** Rules of which it knows that they flap. */
  readonly flapping: readonly string[];
  /** When it was told last. */
  readonly at: Instant;
}

/** How a receiver wants to be told. Times in milliseconds. */
export interface TellPolicy {
  /** How long the first message waits for what fails together. */
  readonly groupWaitMs: number;
  /** How long after a message further alerts are told. */
  readonly groupIntervalMs: number;
  /** How long after a message one reminds of what still fires; `null` for never. */
  readonly repeatMs: number | null;
  /** Whether it is told when nothing fires any more. */
  readonly sendResolved: boolean;
}

/** What is decided. */
export type TellDecision =
  | {
    readonly kind: "send";
    readonly reason: SendReason;
    /** Names of the rules that the message is about. */
    readonly rules: readonly string[];
    /** What the receiver knows from then on; `null` once the incident is over for it. */
    readonly told: Told | null;
  }
  | {
    readonly kind: "hold";
    readonly reason: HoldReason;
    /** What the receiver knows from then on. */
    readonly told: Told | null;
  };

/** What {@linkcode decideNotification} looks at. */
export interface TellContext {
  /** The incident now. */
  readonly facts: IncidentFacts;
  /** How to tell. */
  readonly policy: TellPolicy;
  /** The present instant, by a clock that is never set: a set clock is no time that has passed. */
  readonly now: Instant;
}

/**
 * Returns what a receiver that knows `told` of an incident is told now. After a message it is asked again,
 * until it holds; a hold says in its reason until when, if time alone will change it.
 *
 * @param told What the receiver knows; `null` for nothing.
 *
 * @example Told once, then nothing new
 * ```ts
 * import { decideNotification } from "@/lib/domain/decide_notification.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const policy = { groupWaitMs: 0, groupIntervalMs: 0, repeatMs: null, sendResolved: true };
 * const alert = { id: "a", rule: "HIGH_CPU", severity: "warning", firedAt: 0, muted: null } as const;
 * const facts = { alerts: [alert], flapping: [] };
 * const first = decideNotification(null, { facts, policy, now: 0 });
 * assertEquals([first.kind, first.reason], ["send", "first"]);
 * const next = decideNotification(first.told, { facts, policy, now: 1 });
 * assertEquals([next.kind, next.reason], ["hold", { code: "told", until: null }]);
 * ```
 */
export function decideNotification(told: Told | null, context: TellContext): TellDecision {
  const { facts, now } = context;
  const known = told && forgetResolved(told, facts);
  const newFlaps = facts.flapping.filter(({ rule, muted }) =>
    muted === null && !(known?.flapping.includes(rule) ?? false)
  );
  if (newFlaps.length > 0) {
    return send("flapping", newFlaps, { known, flapping: newFlaps.map(({ rule }) => rule), now });
  }
  const open = facts.alerts.filter(({ rule, muted }) =>
    muted === null && !facts.flapping.some((flap) => flap.rule === rule)
  );
  if (open.length > 0) return decideOpen(known, open, context);
  if (known !== null && Object.keys(known.rules).length === 0) {
    return decideResolved(context);
  }
  return decideQuiet(known, facts);
}

/** Something fires that is to be told. */
function decideOpen(
  known: Told | null,
  open: readonly IncidentAlert[],
  { policy, now }: TellContext,
): TellDecision {
  if (known === null) {
    const gatheredAt = Math.min(...open.map(({ firedAt }) => firedAt)) + policy.groupWaitMs;
    if (now < gatheredAt) return hold({ code: "gathering", until: gatheredAt }, known);
    return send("first", open, { known, now });
  }
  if (isWorse(open, known)) return send("escalated", open, { known, now });
  if (open.some(({ rule }) => known.rules[rule] === undefined)) {
    const nextAt = known.at + policy.groupIntervalMs;
    if (now < nextAt) return hold({ code: "gathering", until: nextAt }, known);
    return send("more", open, { known, now });
  }
  if (policy.repeatMs === null) return hold({ code: "told", until: null }, known);
  const repeatAt = known.at + policy.repeatMs;
  return now < repeatAt
    ? hold({ code: "told", until: repeatAt }, known)
    : send("repeat", open, { known, now });
}

/** Nothing of what the receiver knows fires any more, nor anything that it should know. */
function decideResolved({ policy, facts }: TellContext): TellDecision {
  if (!policy.sendResolved) return decideQuiet(null, facts);
  return { kind: "send", reason: "resolved", rules: [], told: null };
}

/** Nothing is to be told; the worst alert says why. */
function decideQuiet(known: Told | null, { alerts, flapping }: IncidentFacts): TellDecision {
  const reason = alerts.find(({ muted }) => muted !== null)?.muted ??
    flapping.find(({ muted }) => muted !== null)?.muted;
  if (reason !== undefined && reason !== null) return hold(reason, known);
  return hold(flapping.length > 0 ? { code: "flapping" } : { code: "never told" }, known);
}

/** Forgets what has resolved, what has calmed down, and that something was critical which has eased. */
function forgetResolved(told: Told, { alerts, flapping }: IncidentFacts): Told {
  const going = new Set([...alerts, ...flapping].map(({ rule }) => rule));
  const eased = new Set(
    alerts.flatMap(({ rule, severity }) => severity === "warning" ? [rule] : []),
  );
  return {
    rules: Object.fromEntries(
      Object.entries(told.rules)
        .filter(([rule]) => going.has(rule))
        .map(([rule, severity]) => [rule, eased.has(rule) ? "warning" : severity]),
    ),
    flapping: told.flapping.filter((rule) => flapping.some((flap) => flap.rule === rule)),
    at: told.at,
  };
}

/** Something critical that the receiver does not know to be, when nothing that it knows is. */
function isWorse(open: readonly IncidentAlert[], { rules }: Told): boolean {
  return open.some(({ rule, severity }) =>
    severity === "critical" && rules[rule] !== "critical" &&
    (rules[rule] === "warning" || !Object.values(rules).includes("critical"))
  );
}

interface Telling {
  readonly known: Told | null;
  readonly flapping?: readonly string[];
  readonly now: Instant;
}

function send(
  reason: SendReason,
  about: readonly { readonly rule: string; readonly severity: Severity }[],
  { known, flapping = [], now }: Telling,
): TellDecision {
  const severities = Object.fromEntries(about.map(({ rule, severity }) => [rule, severity]));
  return {
    kind: "send",
    reason,
    rules: about.map(({ rule }) => rule),
    told: {
      rules: { ...known?.rules, ...severities },
      flapping: [...known?.flapping ?? [], ...flapping],
      at: now,
    },
  };
}

function hold(reason: HoldReason, told: Told | null): TellDecision {
  return { kind: "hold", reason, told };
}
