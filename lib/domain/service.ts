/**
 * The heart of Vitals: what one service's samples and silences mean. {@linkcode step} is a pure function of
 * state, event and time; live monitoring and replay run it alike.
 *
 * @module
 */

import { RETRIED_MS, signBefore } from "./absence.ts";
import {
  acknowledgeAlert,
  advanceAlert,
  type Alert,
  type AlertTransition,
  endAlert,
} from "./alert.ts";
import { extendRun } from "./breach_run.ts";
import { explainRemovedRule } from "./explain.ts";
import {
  calmsAt,
  DEFAULT_FLAP_POLICY,
  type FlapPolicy,
  type FlapState,
  noteChange,
  STEADY,
} from "./flapping.ts";
import { durationRules, freshSeries, silenceRules, thresholdsOn } from "./fresh_series.ts";
import type { Instant } from "./instant.ts";
import { judge, meanOf } from "./judgement.ts";
import { moveClock } from "./move_clock.ts";
import { lastSign, nextDeadline } from "./next_deadline.ts";
import type { Rule, ThresholdRule } from "./rule.ts";
import type { Sample, SeriesSample } from "./sample.ts";
import { limitsSince } from "./schedule.ts";
import { deriveStatus, type Status } from "./status.ts";

/** What is remembered of a service between events. */
export interface ServiceState {
  /** Name of the service. */
  readonly service: string;
  /** When monitoring it began, or went on after a restart; silence counts from here until a heartbeat. */
  readonly startedAt: Instant;
  /** The rules that apply to it. */
  readonly rules: readonly Rule[];
  /** How it is, as derived from the alerts. */
  readonly status: Status;
  /** Since when it has this status. */
  readonly since: Instant;
  /** What it was before a restart, until it is heard of again or declared DOWN; else `null`. */
  readonly heardAs: { readonly status: Status; readonly since: Instant } | null;
  /** When the last sign of life arrived, by our clock; `null` before the first. */
  readonly lastHeartbeat: Instant | null;
  /** The instant of the newest sample, by the sender's clock; `null` before the first. */
  readonly newestAt: Instant | null;
  /** By metric id: the newest samples, oldest first, as many as the rules need. */
  readonly tails: SeriesRecord;
  /** By name of a rule whose hold is a duration: its run of evaluations, see `breach_run.ts`. */
  readonly runs: SeriesRecord;
  /** By rule name: the alerts that exist. */
  readonly alerts: Readonly<Record<string, Alert>>;
  /** When an alert counts as flapping. */
  readonly flapPolicy: FlapPolicy;
  /** By rule name: how its alert changed lately. */
  readonly flaps: Readonly<Record<string, FlapState>>;
}

/** Samples by some key, oldest first. */
export type SeriesRecord = Readonly<Record<string, readonly SeriesSample[]>>;

/** What can happen to a service. */
export type ServiceEvent =
  /** A sample came; without metrics it is a bare heartbeat. */
  | { readonly kind: "sample"; readonly sample: Sample }
  /** A deadline may have passed. */
  | { readonly kind: "deadline" }
  /** Configuration changed; what is left out stays. */
  | { readonly kind: "rules"; readonly rules: readonly Rule[]; readonly flapPolicy?: FlapPolicy }
  /** A person says to be on an alert. Nothing happens if it has ended meanwhile. */
  | {
    readonly kind: "acknowledge";
    readonly alert: string;
    readonly by: string;
    readonly note: string;
  }
  /** A person takes that back. */
  | { readonly kind: "unacknowledge"; readonly alert: string }
  /** A person says that what has changed so far does not count towards flapping, as before a demonstration. */
  | { readonly kind: "steady" }
  /** Our own clock was set, by so many milliseconds; negative if it was set back. */
  | { readonly kind: "clock"; readonly byMs: number };

/** The record of a change of status. */
export interface StatusTransition {
  /** Tells transitions of status from those of alerts. */
  readonly kind: "status";
  /** Name of the service. */
  readonly service: string;
  /** The status until now. */
  readonly from: Status;
  /** The status from now on. */
  readonly to: Status;
  /** When it changed. */
  readonly at: Instant;
}

/** The record that an alert began or ceased to flap. */
export interface FlapTransition {
  /** Tells it from other transitions. */
  readonly kind: "flapping";
  /** Name of the service. */
  readonly service: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Whether it flaps from now on. */
  readonly flapping: boolean;
  /** The changes looked at, oldest first. */
  readonly changes: readonly Instant[];
  /** The policy as it was. */
  readonly policy: FlapPolicy;
  /** When. */
  readonly at: Instant;
}

/** Anything that {@linkcode step} decided. */
export type Transition = AlertTransition | FlapTransition | StatusTransition;

/** The effect of an event. */
export interface StepResult {
  /** The state from now on; the same object if nothing changed. */
  readonly state: ServiceState;
  /** What happened, in order; a change of status comes last. */
  readonly transitions: readonly Transition[];
  /** When a deadline event is due, `null` for never. Nothing has to be polled before. */
  readonly deadline: Instant | null;
}

/** Returns the state of a service of which nothing was heard yet. */
export function startService(service: string, rules: readonly Rule[], now: Instant): ServiceState {
  return {
    runs: {},
    flapPolicy: DEFAULT_FLAP_POLICY,
    flaps: {},
    service,
    startedAt: now,
    rules,
    status: "UNKNOWN",
    since: now,
    heardAs: null,
    lastHeartbeat: null,
    newestAt: null,
    tails: {},
    alerts: {},
  };
}

/**
 * Returns what an event at `now` means for a service.
 *
 * Silence is never recovery: only a fresh sample of a series moves the alerts on that series, and only a
 * heartbeat ends a missing-heartbeat alert. A sample older than the newest is late and moves no series; it is
 * a sign of life all the same if it was taken just now, as when the sender's clock was put right.
 * Liveness goes by our clock, so a sender whose clock is wrong still is alive.
 *
 * @example Five seconds of silence
 * ```ts
 * import { startService, step } from "@/lib/domain/service.ts";
 * import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sample = { service: "checkout", at: 1_000, metrics: { cpu: 20 } };
 * const heard = step(startService("checkout", DEFAULT_RULES, 0), { kind: "sample", sample }, 1_000);
 * assertEquals([heard.state.status, heard.deadline], ["HEALTHY", 6_000]);
 *
 * const silent = step(heard.state, { kind: "deadline" }, 6_000);
 * assertEquals([silent.state.status, silent.deadline], ["DOWN", null]);
 * ```
 */
export function step(state: ServiceState, event: ServiceEvent, now: Instant): StepResult {
  switch (event.kind) {
    case "sample":
      return takeSample(state, event.sample, now);
    case "deadline":
      return settle(passTime(start(state), now), now);
    case "rules":
      return settle(passTime(reload(state, event, now), now), now);
    case "clock":
      return settle(passTime(start(setClock(state, event.byMs, now)), now), now);
    case "steady":
      return settle(steady(start(state), now), now);
    case "acknowledge":
      return settle(acknowledge(state, event, now), now);
    case "unacknowledge":
      return settle(acknowledge(state, event, now), now);
  }
}

/** Tells whether a sample is older than what is known of its service, and so moves no series. */
export function isLate(state: Pick<ServiceState, "newestAt">, sample: Pick<Sample, "at">): boolean {
  return state.newestAt !== null && sample.at < state.newestAt;
}

/**
 * A clock that was put forward may have stood still for as long, as that of a machine which slept: what a job had
 * to say meanwhile was lost.
 */
function setClock(state: ServiceState, byMs: number, now: Instant): ServiceState {
  const moved = moveClock(state, byMs);
  const isJob = silenceRules(state.rules).some(({ schedule }) => schedule !== undefined);
  if (!isJob || byMs <= RETRIED_MS) return moved;
  const sign = signBefore(state, { aliveAt: now - byMs, now });
  return sign === null ? { ...moved, startedAt: now } : moved;
}

/** A state on its way through one event, with what happened so far. */
interface Draft {
  readonly state: ServiceState;
  readonly transitions: readonly (AlertTransition | FlapTransition)[];
}

function start(state: ServiceState): Draft {
  return { state, transitions: [] };
}

function takeSample(state: ServiceState, sample: Sample, now: Instant): StepResult {
  // A silence that ends with this very sample was a silence all the same.
  const before = passTime(start(state), now);
  const heard = isSignOfLife(state, sample, now) ? hear(before, sample, now) : before;
  if (isLate(state, sample)) return settle(heard, now);
  const fresh = freshSeries(state, sample);
  const tails = { ...state.tails, ...fresh };
  const fed = { ...heard, state: { ...heard.state, newestAt: sample.at, tails } };
  return settle(judgeSeries(fed, fresh, now), now);
}

/** How far from our clock an instant that is no news may be to count as just now, in milliseconds. */
const JUST_NOW_MS = 5_000;

/** What is no news by its instant may be a repeat of long ago; then it says nothing about now. */
function isSignOfLife({ newestAt }: ServiceState, { at }: Sample, now: Instant): boolean {
  return newestAt === null || at > newestAt || Math.abs(now - at) <= JUST_NOW_MS;
}

/** The one place where silence ends. */
function hear(draft: Draft, { at }: Sample, now: Instant): Draft {
  const newestAt = Math.max(at, draft.state.newestAt ?? at);
  const heard = { ...draft, state: { ...draft.state, lastHeartbeat: now, newestAt } };
  return judgeSilences(heard, { now, heard: true });
}

function judgeSeries(draft: Draft, fresh: SeriesRecord, now: Instant): Draft {
  return Object.entries(fresh).reduce(
    (series, [metric, tail]) =>
      thresholdsOn(draft.state.rules, metric)
        .reduce((each, rule) => judgeThreshold(each, { rule, tail, now }), series),
    draft,
  );
}

interface FreshTail {
  readonly rule: ThresholdRule;
  readonly tail: readonly SeriesSample[];
  readonly now: Instant;
}

function judgeThreshold(draft: Draft, { rule, tail, now }: FreshTail): Draft {
  if (rule.hold.kind === "samples") return applyRule(draft, { rule, evidence: tail, now });
  const newest = tail.at(-1);
  if (newest === undefined || tail.length < rule.mean) return draft;
  const value = meanOf(tail.slice(-rule.mean));
  const run = extendRun(rule, draft.state.runs[rule.name] ?? [], { at: newest.at, value });
  const runs = { ...draft.state.runs, [rule.name]: run };
  return applyRule({ ...draft, state: { ...draft.state, runs } }, { rule, evidence: run, now });
}

/** Lets time alone break rules, by silence or by a breach that goes on; it ends no alert. */
function passTime(draft: Draft, now: Instant): Draft {
  return calmFlaps(holdRuns(judgeSilences(draft, { now, heard: false }), now), now);
}

/** A breach that nothing has contradicted goes on, see `completesAt()`. */
function holdRuns(draft: Draft, now: Instant): Draft {
  return durationRules(draft.state.rules).reduce((each, rule) => {
    const alert = each.state.alerts[rule.name];
    const evidence = each.state.runs[rule.name];
    if (alert === undefined || evidence === undefined) return each;
    return applyRule(each, { rule, evidence, now, seenAt: alert.seenAt, onlyBreaches: true });
  }, draft);
}

interface SilenceJudging {
  readonly now: Instant;
  readonly heard: boolean;
  readonly isReload?: boolean;
}

function judgeSilences(
  draft: Draft,
  { now, heard, isReload = false }: SilenceJudging,
): Draft {
  const at = lastSign(draft.state);
  const onlyBreaches = !heard;
  const application = { evidence: [{ at, value: 0 }], now, seenAt: at, onlyBreaches, isReload };
  return silenceRules(draft.state.rules)
    .reduce(
      (each, rule) => applyRule(each, { rule: limitsSince(rule, at), ...application }),
      draft,
    );
}

interface Application {
  readonly rule: Rule;
  readonly evidence: readonly SeriesSample[];
  readonly now: Instant;
  /** When the newest of the evidence arrived. @default {now} */
  readonly seenAt?: Instant;
  /** Whether only a breach counts: time that passes is no recovery. @default {false} */
  readonly onlyBreaches?: boolean;
  /** Whether the rules have just been replaced. @default {false} */
  readonly isReload?: boolean;
}

function applyRule(draft: Draft, application: Application): Draft {
  const { rule, evidence, now, seenAt = now, onlyBreaches = false, isReload = false } = application;
  const found = judge(rule, evidence, { now, seenAt });
  const before = draft.state.alerts[rule.name];
  if (found === undefined || (!found.breached && (onlyBreaches || before === undefined))) {
    return draft;
  }
  const { service } = draft.state;
  const { alert, transition } = advanceAlert(before, found, {
    ...{ service, rule, now, seenAt },
    ...{ isFresh: !onlyBreaches, isReload },
  });
  // A deadline that finds nothing new leaves the state as it is.
  if (onlyBreaches && transition === undefined && before?.calmSince === null) return draft;
  return record(draft, { rule: rule.name, alert, transition });
}

interface AlertNews {
  readonly rule: string;
  readonly alert: Alert | undefined;
  readonly transition: AlertTransition | undefined;
}

function record({ state, transitions }: Draft, { rule, alert, transition }: AlertNews): Draft {
  const alerts = withAlert(state.alerts, rule, alert);
  const noted = { state: { ...state, alerts }, transitions };
  if (transition === undefined) return noted;
  return countChange({ ...noted, transitions: [...transitions, transition] }, transition);
}

/** Only a change between firing and resolved counts towards flapping. */
function countChange(draft: Draft, { change, rule, firedAt, at }: AlertTransition): Draft {
  if (firedAt === null || (change !== "firing" && change !== "resolved")) return draft;
  const { flaps, flapPolicy } = draft.state;
  const before = flaps[rule.name] ?? STEADY;
  const flap = noteChange(before, flapPolicy, at);
  const changed = { ...draft, state: { ...draft.state, flaps: { ...flaps, [rule.name]: flap } } };
  return before.since === null && flap.since !== null
    ? noteFlap(changed, { rule: rule.name, changes: flap.changes, at, flapping: true })
    : changed;
}

/** What has kept one state for long enough does not flap any more, and what it did is forgotten. */
function calmFlaps(draft: Draft, now: Instant): Draft {
  return Object.entries(draft.state.flaps).reduce((each, [rule, flap]) => {
    const calmAt = calmsAt(flap, each.state.flapPolicy);
    if (calmAt === null || calmAt > now) return each;
    const { [rule]: _calm, ...flaps } = each.state.flaps;
    const calm = { ...each, state: { ...each.state, flaps } };
    return noteFlap(calm, { rule, changes: flap.changes, at: now, flapping: false });
  }, draft);
}

/** Forgets what changed so far; what flaps does not any more. */
function steady(draft: Draft, now: Instant): Draft {
  const forgotten = { ...draft, state: { ...draft.state, flaps: {} } };
  return Object.entries(draft.state.flaps).reduce(
    (each, [rule, { since, changes }]) =>
      since === null ? each : noteFlap(each, { rule, changes, at: now, flapping: false }),
    forgotten,
  );
}

function noteFlap(
  draft: Draft,
  news: Pick<FlapTransition, "rule" | "changes" | "at" | "flapping">,
): Draft {
  const { service, flapPolicy: policy } = draft.state;
  const transition: FlapTransition = { kind: "flapping", service, policy, ...news };
  return { ...draft, transitions: [...draft.transitions, transition] };
}

function acknowledge(
  state: ServiceState,
  event: Extract<ServiceEvent, { kind: "acknowledge" | "unacknowledge" }>,
  now: Instant,
): Draft {
  const alert = Object.values(state.alerts).find(({ id }) => id === event.alert);
  const isMoot = event.kind === "unacknowledge" && alert?.acknowledgement === null;
  if (alert === undefined || isMoot) return start(state);
  const acknowledgement = event.kind === "acknowledge"
    ? { by: event.by, at: now, note: event.note, severity: alert.severity }
    : null;
  const step = acknowledgeAlert(alert, acknowledgement, now);
  return record(start(state), { rule: alert.rule.name, ...step });
}

function withAlert(
  alerts: ServiceState["alerts"],
  rule: string,
  alert: Alert | undefined,
): ServiceState["alerts"] {
  if (alert !== undefined) return { ...alerts, [rule]: alert };
  const { [rule]: _ended, ...others } = alerts;
  return others;
}

type RulesEvent = Extract<ServiceEvent, { kind: "rules" }>;

function reload(state: ServiceState, event: RulesEvent, now: Instant): Draft {
  return judgeSilences(replaceRules(state, event, now), { now, heard: false, isReload: true });
}

/** Alerts whose rule is gone, or now looks at something else, end: a person said so. */
function replaceRules(
  state: ServiceState,
  { rules, flapPolicy = state.flapPolicy }: RulesEvent,
  now: Instant,
): Draft {
  const isKept = (rule: Rule) => rules.some((other) => watchesTheSame(other, rule));
  const ended = Object.values(state.alerts).filter((alert) => !isKept(alert.rule));
  const alerts = ended.reduce(
    (left, alert) => withAlert(left, alert.rule.name, undefined),
    state.alerts,
  );
  const gone = new Set(state.rules.filter((rule) => !isKept(rule)).map((rule) => rule.name));
  const kept = new Set(durationRules(rules).filter((rule) => goesOn(state, rule)).map(nameOf));
  return {
    state: {
      ...{ ...state, rules, flapPolicy, alerts },
      flaps: without(state.flaps, gone),
      runs: Object.fromEntries(Object.entries(state.runs).filter(([name]) => kept.has(name))),
    },
    transitions: ended.map((alert) => endAlert(alert, now, explainRemovedRule(alert.rule))),
  };
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  if (keys.size === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));
}

function nameOf({ name }: Rule): string {
  return name;
}

/** Whether the run of a rule is made of what the rule looks at now, without a gap. */
function goesOn({ rules }: ServiceState, rule: ThresholdRule): boolean {
  return durationRules(rules).some((other) =>
    watchesTheSame(other, rule) && other.mean === rule.mean
  );
}

function watchesTheSame(a: Rule, b: Rule): boolean {
  if (a.name !== b.name) return false;
  if (a.kind === "missingHeartbeat") return b.kind === a.kind;
  return b.kind === a.kind && a.metric.id === b.metric.id && a.direction === b.direction;
}

function settle({ state, transitions }: Draft, now: Instant): StepResult {
  const firing = Object.values(state.alerts)
    .filter((alert) => alert.kind === "firing")
    .map(({ rule: { kind }, severity }) => ({ kind, severity }));
  const status = deriveStatus({ firing, seen: isHeardOf(state) });
  if (status === state.status) return { state, transitions, deadline: nextDeadline(state) };
  const change: StatusTransition = {
    kind: "status",
    service: state.service,
    from: state.status,
    to: status,
    at: now,
  };
  const settled = { ...state, ...statusSince(state, status, now) };
  return { state: settled, transitions: [...transitions, change], deadline: nextDeadline(settled) };
}

/** A heartbeat from before a restart says nothing about now. */
function isHeardOf({ lastHeartbeat, startedAt }: ServiceState): boolean {
  return lastHeartbeat !== null && lastHeartbeat >= startedAt;
}

/** What is after a restart as it was before it has been so since then. */
function statusSince(
  { heardAs }: ServiceState,
  status: Status,
  now: Instant,
): Pick<ServiceState, "status" | "since" | "heardAs"> {
  if (status === "UNKNOWN") return { status, since: now, heardAs };
  const since = heardAs?.status === status ? heardAs.since : now;
  return { status, since, heardAs: null };
}
