/**
 * The shapes that leave Vitals: services, alerts and statistics as JSON, over HTTP and on the live socket.
 * Types only, so that islands can import them for free; `schemas/` holds their zod schemas.
 *
 * @module
 */

import type { NotificationDecision } from "@/lib/domain/describe_decision.ts";
import type { AlertChange } from "@/lib/domain/explain.ts";
import type { FaultKind } from "@/lib/domain/fault.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { MaintenanceSpan } from "@/lib/domain/maintenance.ts";
import type { Matcher } from "@/lib/domain/matcher.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Rule, Severity } from "@/lib/domain/rule.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";
import type { Silence, SilenceState } from "@/lib/domain/silence.ts";
import type { Status } from "@/lib/domain/status.ts";
import type { StatusStrip } from "@/lib/domain/status_strip.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";

/** The worker behind a simulated service. */
export interface WorkerView {
  /** `running`, or `restarting` while the supervisor waits to start it again. */
  readonly state: "running" | "restarting";
  /** How often it was restarted since the monitor started. */
  readonly restarts: number;
  /** Why it was last restarted, in words; `null` if never. */
  readonly reason: string | null;
}

/** Where a service's samples come from. */
export type SourceView =
  | { readonly kind: "simulated"; readonly worker: WorkerView }
  | { readonly kind: "push" }
  | {
    readonly kind: "probe" | "scrape" | "otlp";
    /** What is observed, in a few words for people, such as `"GET https://shop.example.com/"`. */
    readonly about: string;
  }
  | {
    readonly kind: "heartbeat";
    /** When it is expected, such as `"every 1 h"` or `"0 3 * * * Europe/Berlin"`. */
    readonly about: string;
    /** Its runs that are under way, by their beginnings, oldest first. */
    readonly runs: readonly JobRunView[];
  };

/** A run of a job that is under way. */
export interface JobRunView {
  /** Tells runs apart that overlap; empty where the job names none. */
  readonly id: string;
  /** When it began. */
  readonly startedAt: Instant;
}

/** Why a service could not be observed the last time. */
export interface SourceFailureView {
  /** The reason in a word or two, such as `"timeout"` or `"status 503"`. */
  readonly reason: string;
  /** The same in a sentence for people, without a full stop. */
  readonly detail: string;
  /** Since when it is so without a break. */
  readonly since: Instant;
}

/** One series of a service: its latest samples and their sums. */
export interface MetricView {
  /** The last value. */
  readonly value: number;
  /** Mean of the window. */
  readonly avg: number;
  /** The least value of the window. */
  readonly min: number;
  /** The greatest value of the window. */
  readonly max: number;
  /** The limit of the rule that watches this series; `null` if none does. */
  readonly limit: number | null;
  /** Whether an alert on this series is pending or firing. */
  readonly breach: boolean;
  /** Values, oldest first: the whole window in a snapshot, only new ones in a delta. */
  readonly recent: readonly number[];
  /** Instants of `recent`: the first as it is, each further one as milliseconds after the one before. */
  readonly times: readonly number[];
}

/** One service as seen from outside. */
export interface ServiceView {
  /** Unique: 1 to 64 of `a-z 0-9 . _ -`, but not `.` or `..`. */
  readonly name: string;
  /** Words to find it by, as configured. */
  readonly tags: readonly string[];
  /** Names of the services it needs, as configured. */
  readonly dependsOn: readonly string[];
  /** Where its samples come from. */
  readonly source: SourceView;
  /** Why its source could not observe it the last time; `null` if it could, or has not tried yet. */
  readonly failure: SourceFailureView | null;
  /** Derived from its firing alerts. */
  readonly status: Status;
  /** Since when it has this status. */
  readonly since: Instant;
  /** When the last sign of life arrived, by the monitor's clock; `null` before the first. */
  readonly lastHeartbeat: Instant | null;
  /** By metric id; a metric that was never sent is left out. */
  readonly metrics: Readonly<Record<string, MetricView>>;
  /** Ids of its pending and firing alerts. */
  readonly alerts: readonly string[];
  /** Names of rules whose alerts on it keep changing their state. */
  readonly flapping: readonly string[];
  /** What it is told to do wrong now, in the order in which it began; empty unless it is simulated. */
  readonly faults: readonly ActingFault[];
  /** The status over the last minutes. */
  readonly strip: StatusStrip;
}

/** What is told of a service where only its latest values count: cheap, however many services there are. */
export interface ServiceReading
  extends
    Pick<ServiceView, "name" | "tags" | "dependsOn" | "source" | "status" | "since">,
    Pick<ServiceView, "lastHeartbeat" | "flapping"> {
  /** The last value by metric id; a metric that was never sent is left out. */
  readonly values: Readonly<Record<string, number>>;
}

/** A fault that acts on a simulated service. */
export interface ActingFault {
  /** Unique among all faults of this process. */
  readonly id: string;
  /** What goes wrong. */
  readonly kind: FaultKind;
  /** When it began. */
  readonly startedAt: Instant;
  /** How long it acts, in milliseconds. */
  readonly durationMs: number;
}

/** How far a pending alert is on its way to firing. */
export type AlertProgress =
  /** So many of the breaches needed. */
  | { readonly kind: "samples"; readonly breaches: number; readonly needed: number }
  /**
   * A breach of `neededMs` milliseconds is needed. If it goes on, the alert fires at `firesAt`; `null` if it
   * fires already, or as long as one sample alone speaks for it.
   */
  | { readonly kind: "duration"; readonly neededMs: number; readonly firesAt: Instant | null };

/** A person has said to be on it. It ends with the alert. */
export interface AcknowledgementView {
  /** Who. */
  readonly by: string;
  /** When. */
  readonly at: Instant;
  /** What they had to say; may be empty. */
  readonly note: string;
  /** How bad the alert was then; it is told again if it gets worse. */
  readonly severity: Severity;
}

/** What mutes an alert. */
export interface MuteView {
  /** A silence that somebody made, or a maintenance window of the configuration. */
  readonly kind: "silence" | "maintenance";
  /** Id of the silence, or name of the window. */
  readonly id: string;
  /** Until when. */
  readonly until: Instant;
  /** Who made the silence; empty for a window. */
  readonly author: string;
  /** Why. */
  readonly reason: string;
}

/** Why an alert is not told of because of a service that its own depends on. */
export interface InhibitionView {
  /** `down`: that service is DOWN. `recovering`: it has just come back. `unconfirmed`: it may be DOWN as well. */
  readonly kind: "down" | "recovering" | "unconfirmed";
  /** Name of that service. */
  readonly service: string;
  /** Id of the alert that says it is DOWN; `null` if there is none. */
  readonly alert: string | null;
  /** Until when; `null` while that service is DOWN. */
  readonly until: Instant | null;
}

/** That an alert keeps changing its state. */
export interface FlappingView {
  /** Since when. */
  readonly since: Instant;
  /** How often it changed lately. */
  readonly changes: number;
  /** Within how many milliseconds. */
  readonly windowMs: number;
}

/** One alert as seen from outside. */
export interface AlertView {
  /** Unique among all alerts of this process. */
  readonly id: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the service it is about. */
  readonly service: string;
  /** How bad it is now, or was at the end. */
  readonly severity: Severity;
  /** How far it is: `resolved` is the end. */
  readonly state: "pending" | "firing" | "resolved";
  /** When the breach began. */
  readonly since: Instant;
  /** When it began to fire; `null` if it has not. */
  readonly firedAt: Instant | null;
  /** When it was resolved; `null` if it is not. */
  readonly resolvedAt: Instant | null;
  /** The latest number the rule computed, in `unit`. */
  readonly value: number;
  /** The worst number so far. */
  readonly peak: number;
  /** The limit of the rule, in `unit`. */
  readonly limit: number;
  /** Unit of `value`, `peak` and `limit`, such as `%` or `ms`. */
  readonly unit: string;
  /** The reason in words, as of the latest transition. */
  readonly message: string;
  /** Of a silence that lasts: why the service could not be observed the last time; left out if that is not known. */
  readonly failure?: string;
  /** The samples looked at by the latest transition. */
  readonly evidence: readonly SeriesSample[];
  /** How far a pending alert is on its way to firing. */
  readonly progress: AlertProgress;
  /** The rule as it was at the latest transition. */
  readonly definition: Rule;
  /** When the newest sample that was looked at arrived, by the monitor's clock. */
  readonly seenAt: Instant;
  /** Since when only `keepFiringFor` holds it; `null` if it is not cleared. */
  readonly calmSince: Instant | null;
  /** Who is on it; `null` if nobody has said so. */
  readonly acknowledged: AcknowledgementView | null;
  /** What mutes it; `null` if nothing does. */
  readonly silencedBy: MuteView | null;
  /** The service that inhibits it; `null` if none does. */
  readonly inhibitedBy: InhibitionView | null;
  /** Whether it keeps changing its state; `null` if not. */
  readonly flapping: FlappingView | null;
}

/** One step in the life of an alert, with all that is needed to judge it again. */
export interface TransitionView {
  /** What happened. */
  readonly change: AlertChange;
  /** When. */
  readonly at: Instant;
  /** How bad it was from then on. */
  readonly severity: Severity;
  /** The number computed, in `unit`. */
  readonly value: number;
  /** The limit it was held against, in `unit`. */
  readonly limit: number;
  /** Unit of both. */
  readonly unit: string;
  /** The reason in words. */
  readonly message: string;
  /** Exactly the samples looked at, oldest first. */
  readonly evidence: readonly SeriesSample[];
  /** The rule as it was. */
  readonly rule: Rule;
  /** When the newest sample looked at arrived, by the monitor's clock. */
  readonly seenAt: Instant;
  /** Who acknowledged; `null` unless that is what happened. */
  readonly acknowledged: AcknowledgementView | null;
}

/** One alert with its whole life and with who was told of it. */
export interface AlertDetail {
  /** The alert as it is now, or was at its end. */
  readonly alert: AlertView;
  /** Its steps, oldest first; of very many the first and the latest. */
  readonly transitions: readonly TransitionView[];
  /** What was decided about telling of it, newest first. */
  readonly notifications: readonly NotificationView[];
}

/** A silence as seen from outside. */
export interface SilenceView extends Silence {
  /** Where it stands. */
  readonly state: SilenceState;
  /** How many pending and firing alerts it mutes now. */
  readonly mutes: number;
}

/** A maintenance window as seen from outside. */
export interface MaintenanceView {
  /** Its name. */
  readonly name: string;
  /** Which alerts it mutes. */
  readonly matcher: Matcher;
  /** Why. */
  readonly reason: string;
  /** Whether it holds now. */
  readonly active: boolean;
  /** The span that holds now or comes next; `null` if none comes any more. */
  readonly span: MaintenanceSpan | null;
}

/** One attempt to deliver a notification. */
export interface AttemptView {
  /** When it ended. */
  readonly at: Instant;
  /** Whether it was taken, may work later, or never will. */
  readonly result: "delivered" | "passing" | "permanent";
  /** In words, such as `"HTTP 503"`. */
  readonly detail: string;
}

/** One entry of the notification log: a decision, and what became of it. */
export interface NotificationView {
  /** Unique among the entries; of a notification that is sent also its idempotency key. */
  readonly id: string;
  /** When it was decided. */
  readonly at: Instant;
  /** Name of the receiver. */
  readonly receiver: string;
  /** Kind of the receiver, such as `"webhook"`. */
  readonly receiverKind: string;
  /** Name of the service; empty for a test. */
  readonly service: string;
  /** Id of the incident; empty for a test. */
  readonly incident: string;
  /** Ids of the alerts that it is about. */
  readonly alerts: readonly string[];
  /** The worst of them. */
  readonly severity: Severity;
  /** What was decided: to send, or to hold. */
  readonly decision: NotificationDecision;
  /** What it says in one line. */
  readonly title: string;
  /**
   * `held`: nothing is sent. `queued`: it waits for its first attempt. `retrying`: an attempt failed.
   * `delivered`. `failed`: given up. `dropped`: the queue was full, or something newer replaced it.
   */
  readonly state: "held" | "queued" | "retrying" | "delivered" | "failed" | "dropped";
  /** Why it is over without being delivered, unless an attempt says so; `null` for no such reason. */
  readonly reason: string | null;
  /** The latest attempts, oldest first, at most ten. */
  readonly attempts: readonly AttemptView[];
  /** How many attempts there were. */
  readonly tries: number;
  /** When it is tried next; `null` if it is not. */
  readonly nextTryAt: Instant | null;
}

/** What was counted about notifications since the start. */
export interface NotificationCounts {
  /** How often each decision was made, by its reason, such as `first` or `silenced`; those never made are left out. */
  readonly decisions: Readonly<Record<string, number>>;
  /** By name of the receiver: what became of what was sent to it. */
  readonly receivers: Readonly<Record<string, DeliveryCounts>>;
}

/** What became of the notifications of one receiver since the start, or since it was configured anew. */
export interface DeliveryCounts {
  /** Notifications queued. */
  readonly posted: number;
  /** Of those, delivered. */
  readonly delivered: number;
  /** Of those, given up. */
  readonly failed: number;
  /** Of those, dropped: the queue was full, or a newer one replaced it. */
  readonly dropped: number;
  /** Attempts, the first ones and others. */
  readonly attempts: number;
  /** Of those, not the first. */
  readonly retries: number;
}

/** A receiver as seen from outside: nothing of it is secret. */
export interface ReceiverView {
  /** Its name. */
  readonly name: string;
  /** Its kind, such as `"webhook"`. */
  readonly kind: string;
  /** `ok`, or `failing` while the latest attempt failed. */
  readonly state: "ok" | "failing";
  /** How many notifications wait. */
  readonly queued: number;
  /** Why the latest attempt failed; `null` if it did not. */
  readonly failure: string | null;
  /** When the latest notification was delivered; `null` if none was. */
  readonly deliveredAt: Instant | null;
}

/** Numbers about Vitals itself. */
export interface LiveStats {
  /** Samples accepted per second, over the last ten seconds. */
  readonly samplesPerSecond: number;
  /** Open live connections. */
  readonly peers: number;
  /** From a sample's acceptance to its frame handed to the sockets, in milliseconds; `null` before the first. */
  readonly latencyMs: { readonly p50: number; readonly p99: number } | null;
  /** The scenario that is played, or has just ended, as of its last moment; `null` if there is none. */
  readonly scenario: ScenarioRunView | null;
}

/** Everything the dashboard shows, at one instant. */
export interface DashboardView {
  /** The instant. */
  readonly at: Instant;
  /** Descriptors of all metrics, in the order of the screen. */
  readonly metrics: readonly Metric[];
  /** All services, worst first, then by name. */
  readonly services: readonly ServiceView[];
  /** Pending and firing alerts. */
  readonly alerts: readonly AlertView[];
  /** Vitals itself. */
  readonly stats: LiveStats;
}
