/**
 * One receiver as the notifier sees it: what it wants to know, what it was told of each open incident, and
 * the queue to it.
 *
 * @module
 */

import {
  decideNotification,
  type IncidentAlert,
  type TellDecision,
} from "@/lib/domain/decide_notification.ts";
import type { Instant } from "@/lib/domain/instant.ts";
import type { HoldReason, Notification, SendReason } from "@/lib/domain/notification.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { ReceiverConfig } from "@/lib/ports/monitor_config.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { StoredMemory } from "@/lib/protocol/stored_notification.ts";
import type {
  AlertView,
  DeliveryCounts,
  NotificationView,
  ReceiverView,
} from "@/lib/protocol/views.ts";

import { alertsFor, flappingFor, type IncidentNow } from "./incident.ts";
import type { DeliveryUpdate } from "./delivery_update.ts";
import { Mailbox, type PostOptions } from "./mailbox.ts";
import { DEFAULT_MAILBOX_LIMITS, type MailboxLimits } from "./mailbox_limits.ts";
import type { Heard } from "./outbox.ts";
import { type Knowledge, Refusals } from "./refusals.ts";
import { tryReceiver } from "./try_receiver.ts";

/** What a {@linkcode Channel} needs. */
export interface ChannelOptions {
  /** For the queue. */
  readonly clock: Clock;
  /** For the queue. */
  readonly log: Log;
  /** For the pauses between attempts. */
  readonly random: () => number;
  /** What the receiver wants. */
  readonly config: ReceiverConfig;
  /** The adapter. */
  readonly receiver: Receiver;
  /** Bounds of the queue other than the default ones. */
  readonly limits?: Partial<MailboxLimits>;
  /** Hears what becomes of each notification. */
  readonly onUpdate: (id: string, update: DeliveryUpdate) => void;
  /** Hears of a service whose incident is to be looked at anew: what was told of it was refused. */
  readonly onRefused: (service: string) => void;
}

/** What is decided for this receiver. */
export type ChannelDecision =
  | {
    readonly kind: "send";
    readonly reason: SendReason;
    /** What the message is about. */
    readonly alerts: readonly AlertView[];
  }
  | {
    readonly kind: "hold";
    readonly reason: HoldReason;
    /** What is held. */
    readonly alerts: readonly AlertView[];
    /** Whether that is worth an entry in the log: it is a reason, and another one than before. */
    readonly isNew: boolean;
  };

/** What is known of what the receiver knows of the open incident of a service. */
interface Memory extends Knowledge {
  readonly incident: string;
  /** Rules that it was told of since the incident began. */
  readonly ever: Set<string>;
  /** Whether it was told anything of the incident. */
  wasTold: boolean;
  /** The reason of the latest hold. */
  held: string;
  /** By rule: what mutes its alert, as it was noted. */
  readonly muted: Map<string, string>;
}

/** What mutes some alerts. */
export interface MutedAlerts {
  /** Why they are not told. */
  readonly reason: HoldReason;
  /** The alerts. */
  readonly alerts: readonly AlertView[];
}

/** A decision as it goes into the log. */
export type LoggedDecision =
  | {
    readonly kind: "send";
    readonly reason: SendReason;
    readonly notification: Notification;
  }
  | {
    readonly kind: "hold";
    readonly reason: HoldReason;
    readonly notification: Notification;
  };

/** Holds what belongs to one receiver. */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #mailbox: Mailbox;
  readonly #stopping = new AbortController();
  readonly #memories = new Map<string, Memory>();
  readonly #refusals = new Refusals<Memory>();

  /** Begins with an empty queue, and with nothing told. */
  constructor(options: ChannelOptions) {
    const { clock, log, random, receiver, limits = {}, config: { rate } } = options;
    const onUpdate = (id: string, update: DeliveryUpdate) => this.#hear(id, update);
    this.#options = options;
    this.#mailbox = new Mailbox({ clock, log, random, receiver, rate, limits, onUpdate });
  }

  /** The name of the receiver. */
  get name(): string {
    return this.#options.config.name;
  }

  /** Whether this is the channel of exactly that configuration. */
  isFor(config: ReceiverConfig): boolean {
    return isSame(config, this.#options.config);
  }

  /** Takes over what an earlier channel of the same name has told. */
  inherit(earlier: Channel): void {
    for (const [service, memory] of earlier.#memories) {
      this.#memories.set(service, memory);
      memory.isRefused = false;
      memory.retryAt = -Infinity;
    }
  }

  /**
   * Returns what it knows of the open incident of a service, to be written down; `undefined` for nothing.
   *
   * @param aheadMs How far the wall clock is ahead of the clock of `decide`.
   */
  remembered(service: string, aheadMs: number): StoredMemory | undefined {
    const memory = this.#memories.get(service);
    if (memory === undefined) return undefined;
    const { told, ever, wasTold, held, muted } = memory;
    return {
      ...{ wasTold, held, ever: [...ever], muted: Object.fromEntries(muted) },
      told: told && { ...told, at: told.at + aheadMs },
    };
  }

  /** Takes what it knew of an incident in an earlier run, and what its receiver heard of it. */
  recall(
    { id, service }: Pick<IncidentNow["incident"], "id" | "service">,
    { told, ever, wasTold, held, muted, wasHeard, unheard }: StoredMemory & Heard,
  ): void {
    const known = Object.entries(told?.rules ?? {}).filter(([rule]) => !unheard.includes(rule));
    const heard = wasHeard && told !== null ? { ...told, rules: Object.fromEntries(known) } : null;
    this.#memories.set(service, {
      ...{ incident: id, told, ever: new Set(ever), wasTold, held },
      ...{ heard, isRefused: false, retryAt: -Infinity },
      muted: new Map(Object.entries(muted)),
    });
  }

  /** Decides what it is told now; after a message it is to be asked again. */
  decide(standing: IncidentNow, now: Instant): ChannelDecision {
    const { config } = this.#options;
    const { incident } = standing;
    const memory = this.#memoryOf(standing);
    const facts = { alerts: alertsFor(standing, config), flapping: flappingFor(standing, config) };
    const found = decideNotification(memory.told, { facts, policy: config, now });
    const decision = this.#holdRefused(memory, found, now);
    memory.told = decision.told;
    if (decision.kind === "hold") {
      const alerts = pick(incident.alerts, heldRules(facts.alerts, memory, decision.reason));
      return { ...decision, alerts, isNew: this.#isNew(memory, decision.reason) };
    }
    for (const rule of decision.rules) memory.ever.add(rule);
    const about = decision.reason === "resolved"
      ? [...memory.ever].filter((rule) => !standing.firing.some((alert) => alert.rule === rule))
      : decision.rules;
    memory.held = "";
    memory.wasTold = true;
    if (decision.reason === "resolved") memory.ever.clear();
    return { kind: "send", reason: decision.reason, alerts: pick(incident.alerts, about) };
  }

  /** Returns what is muted and was not said to be: the alerts by reason, also beside others that are told. */
  newlyMuted(standing: IncidentNow): MutedAlerts[] {
    const memory = this.#memoryOf(standing);
    const found = new Map<string, { readonly reason: HoldReason; readonly rules: string[] }>();
    for (const { rule, muted: reason } of alertsFor(standing, this.#options.config)) {
      const key = reason === null ? "" : keyOf(reason);
      if ((memory.muted.get(rule) ?? "") === key) continue;
      memory.muted.set(rule, key);
      if (reason === null || reason.code === "no match") continue;
      const { rules } = found.get(key) ?? { rules: [] };
      found.set(key, { reason, rules: [...rules, rule] });
    }
    return [...found.values()].map(({ reason, rules }) => ({
      reason,
      alerts: pick(standing.incident.alerts, rules),
    }));
  }

  /** Forgets what it was told of the incident of a service, which is over. */
  forget(service: string): void {
    this.#memories.delete(service);
  }

  /** Queues a notification. */
  post(notification: Notification, options: PostOptions = {}): void {
    const memory = this.#memories.get(notification.service);
    if (memory?.incident === notification.incident) this.#refusals.follow(notification, memory);
    this.#mailbox.post(notification, options);
  }

  /** Tries a notification at once, past the queue. */
  async test(notification: Notification): Promise<DeliveryResult> {
    const { clock, log, receiver, onUpdate } = this.#options;
    const { attemptMs } = DEFAULT_MAILBOX_LIMITS;
    const { signal } = this.#stopping;
    const result = await tryReceiver(receiver, notification, { clock, log, attemptMs, signal });
    const detail = result.kind === "delivered" ? result.detail : result.reason;
    onUpdate(notification.id, {
      state: result.kind === "delivered" ? "delivered" : "failed",
      attempt: { at: clock.now(), result: result.kind, detail },
      nextTryAt: null,
    });
    return result;
  }

  /** Returns the entry of the log for a decision. */
  entry({ notification, ...decision }: LoggedDecision): NotificationView {
    const { config: { name, target } } = this.#options;
    const { id, at, service, incident, severity, title, alerts } = notification;
    return {
      ...{ id, at, receiver: name, receiverKind: target.kind, service, incident, severity, title },
      alerts: alerts.map((alert) => alert.id),
      decision,
      state: decision.kind === "send" ? "queued" : "held",
      ...{ reason: null, attempts: [], tries: 0, nextTryAt: null },
    };
  }

  /** Returns the receiver as it is shown. */
  view(): ReceiverView {
    const { config: { name, target } } = this.#options;
    return { name, kind: target.kind, ...this.#mailbox.state() };
  }

  /** Returns what became of what was queued. */
  counters(): DeliveryCounts {
    return this.#mailbox.counters();
  }

  /** Returns what was queued and is not over. */
  unfinished(): readonly Notification[] {
    return this.#mailbox.unfinished();
  }

  /** Ends the queue and any test. */
  stop(): Promise<void> {
    this.#stopping.abort();
    return this.#mailbox.stop();
  }

  /** What was refused is told again after a pause; an end is told at once to who knows of the beginning. */
  #holdRefused(memory: Memory, decision: TellDecision, now: Instant): TellDecision {
    const until = this.#refusals.restsUntil(memory, now);
    if (until === null || decision.kind === "hold" || decision.reason === "resolved") {
      return decision;
    }
    return { kind: "hold", reason: { code: "refused", until }, told: memory.told };
  }

  #hear(id: string, update: DeliveryUpdate): void {
    const { onUpdate, onRefused } = this.#options;
    onUpdate(id, update);
    const forgotten = this.#refusals.take(id, update);
    if (forgotten === undefined) return;
    const { service, knowledge } = forgotten;
    if (knowledge.heard === null) {
      knowledge.wasTold = false;
      knowledge.ever.clear();
    }
    if (this.#memories.get(service) === knowledge) onRefused(service);
  }

  #memoryOf({ incident: { id, service } }: IncidentNow): Memory {
    const known = this.#memories.get(service);
    if (known?.incident === id) return known;
    const memory: Memory = {
      incident: id,
      ...{ told: null, heard: null, isRefused: false, retryAt: -Infinity },
      ever: new Set(),
      wasTold: false,
      held: "",
      muted: new Map(),
    };
    this.#memories.set(service, memory);
    return memory;
  }

  #isNew(memory: Memory, reason: HoldReason): boolean {
    const key = keyOf(reason);
    // What mutes alerts is noted by itself.
    if (MUTES.has(reason.code)) return false;
    // That nothing is new is no reason that anybody asks for, nor is the moment before the first message.
    if (reason.code === "told") return false;
    if (reason.code === "gathering" && !memory.wasTold) return false;
    const isOver = reason.code === "never told";
    if (isOver && (memory.wasTold || memory.held === "no match")) return false;
    if (memory.held === key) return false;
    memory.held = key;
    return true;
  }
}

const MUTES: ReadonlySet<HoldReason["code"]> = new Set([
  ...["inhibited", "awaiting parent", "silenced", "maintenance", "acknowledged"] as const,
]);

function keyOf(reason: HoldReason): string {
  return "by" in reason ? `${reason.code} ${reason.by}` : reason.code;
}

/** Returns the rules whose alerts a hold is about: those that wait to be told, or else those that are muted. */
function heldRules(
  alerts: readonly IncidentAlert[],
  { told }: Memory,
  { code }: HoldReason,
): string[] {
  const isHeld = code === "gathering" || code === "refused"
    ? ({ rule, muted }: IncidentAlert) => muted === null && told?.rules[rule] === undefined
    : ({ muted }: IncidentAlert) => muted !== null;
  return alerts.filter(isHeld).map(({ rule }) => rule);
}

function pick(alerts: ReadonlyMap<string, AlertView>, rules: readonly string[]): AlertView[] {
  return rules.flatMap((rule) => alerts.get(rule) ?? []);
}

/** Secrets show dots only, so they are compared by themselves. */
function isSame(one: ReceiverConfig, other: ReceiverConfig): boolean {
  if (JSON.stringify(one) !== JSON.stringify(other)) return false;
  const [secrets, others] = [secretsOf(one), secretsOf(other)];
  return secrets.length === others.length &&
    secrets.every((secret, index) => {
      const counterpart = others[index];
      return counterpart !== undefined && secret.equals(counterpart);
    });
}

function secretsOf({ target }: ReceiverConfig): Secret[] {
  return Object.values(target).filter((value) => value instanceof Secret);
}
