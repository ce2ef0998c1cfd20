/**
 * The notifier: it decides for each receiver what is to be told of each incident, and keeps a log of what was
 * decided and what became of it. It knows the alerts through a port, and receivers by theirs.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";
import type { ActResult, NotificationQuery } from "@/lib/ports/alert_desk.ts";
import type { Change } from "@/lib/ports/change.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import { Deadlines } from "@/lib/ports/deadlines.ts";
import type { IncidentSource } from "@/lib/ports/incident_source.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { ReceiverConfig } from "@/lib/ports/monitor_config.ts";
import { steadyClock } from "@/lib/ports/steady_clock.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";
import type { NotificationCounts, NotificationView, ReceiverView } from "@/lib/protocol/views.ts";

import { Channel, type ChannelDecision } from "./channel.ts";
import { composeNotification, composeTest } from "./compose_notification.ts";
import {
  type Incident,
  type IncidentNow,
  openIncident,
  updateIncident,
  worstFirst,
} from "./incident.ts";
import type { DeliveryUpdate } from "./delivery_update.ts";
import type { MailboxLimits } from "./mailbox_limits.ts";
import { NotificationLog } from "./notification_log.ts";

/** What a {@linkcode Notifier} needs. */
export interface NotifierOptions {
  /** The time of everything. */
  readonly clock: Clock;
  /** Takes each decision that is new. */
  readonly log: Log;
  /** Numbers from 0 to below 1, for the pauses between attempts. */
  readonly random: () => number;
  /** The alerts. */
  readonly source: IncidentSource;
  /** Who is told. */
  readonly receivers: readonly ReceiverConfig[];
  /** Makes the adapter of a receiver. */
  readonly createReceiver: (config: ReceiverConfig) => Receiver;
  /** Bounds of the queue to each receiver other than the default ones. */
  readonly limits?: Partial<MailboxLimits>;
  /** Returns where to read about an alert, or about all of them for `null`; `null` if that is not known. */
  readonly linkTo: (alert: string | null) => string | null;
}

/** Holds the open incidents, what each receiver knows of them, and the queues. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #log = new NotificationLog();
  readonly #incidents = new Map<string, Incident>();
  readonly #steady: Clock;
  readonly #deadlines: Deadlines;
  readonly #counts: Map<string, number> = new Map();
  #channels: readonly Channel[] = [];
  #made = 0;
  #isStopped = false;
  /** The change of receivers that is under way. */
  #changing: Promise<void> | undefined;

  /** Begins with no incident; what fires already is looked at with the first change of it. */
  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#steady = steadyClock(options.clock);
    this.#deadlines = new Deadlines({
      clock: this.#steady,
      onDue: (services) => services.forEach((service) => this.#look(service)),
    });
    this.#channels = options.receivers.map((config) => this.#open(config));
  }

  /** Takes a change that the source's answers already contain. */
  publish(change: Change): void {
    if (this.#isStopped) return;
    for (const service of change.incidents) this.#look(service);
  }

  /**
   * Takes other receivers, one change after the other. Those that stay as they are keep their queues and what
   * they know.
   */
  reconfigure(receivers: readonly ReceiverConfig[]): Promise<void> {
    const change = this.#changing === undefined
      ? this.#change(receivers)
      : this.#changing.then(() => this.#change(receivers));
    const done = change.catch(() => {}).then(() => {
      if (this.#changing === done) this.#changing = undefined;
    });
    this.#changing = done;
    return change;
  }

  async #change(receivers: readonly ReceiverConfig[]): Promise<void> {
    const before = this.#channels;
    const channels = receivers.map((config) =>
      before.find((channel) => channel.isFor(config)) ?? this.#open(config)
    );
    const gone = before.filter((channel) => !channels.includes(channel));
    // What is decided for these meanwhile waits with the rest of their queues, so that the order is kept.
    await Promise.all(gone.map((channel) => channel.stop()));
    if (this.#isStopped) return;
    this.#channels = channels;
    for (const channel of channels) {
      const earlier = gone.find(({ name }) => name === channel.name);
      if (earlier !== undefined) channel.inherit(earlier);
    }
    for (const channel of gone) this.#handOver(channel);
    for (const service of this.#incidents.keys()) this.#look(service);
  }

  /** What a channel did not deliver goes to the one of the same name, if there is one. */
  #handOver(channel: Channel): void {
    const successor = this.#channels.find(({ name }) => name === channel.name);
    for (const notification of channel.unfinished()) {
      if (successor !== undefined) successor.post(notification);
      else this.#log.update(notification.id, RECEIVER_GONE);
    }
  }

  /** Returns entries of the log, newest first. */
  notifications(query: NotificationQuery): readonly NotificationView[] {
    return this.#log.query(query);
  }

  /** Returns the receivers, in the order of the configuration. */
  receivers(): readonly ReceiverView[] {
    return this.#channels.map((channel) => channel.view());
  }

  /** Returns what was counted since the start. */
  counts(): NotificationCounts {
    return {
      decisions: Object.fromEntries(this.#counts),
      receivers: Object.fromEntries(
        this.#channels.map((channel) => [channel.name, channel.counters()]),
      ),
    };
  }

  /** Sends a test notification at once. */
  async test(name: string): Promise<ActResult<DeliveryResult>> {
    const channel = this.#channels.find((each) => each.name === name);
    if (channel === undefined) return { kind: "unknown" };
    const { clock, linkTo } = this.#options;
    const id = this.#nextId();
    const notification = composeTest(name, { id, at: clock.now(), url: linkTo(null) });
    this.#log.add(channel.entry({ kind: "send", reason: "test", notification }));
    this.#count("test");
    return { kind: "done", value: await channel.test(notification) };
  }

  /** Ends: attempts in flight are aborted, and nothing is sent after. A second call awaits the first. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#deadlines.stop();
    await Promise.all(this.#channels.map((channel) => channel.stop()));
  }

  #open(config: ReceiverConfig): Channel {
    const { clock, log, random, createReceiver, limits = {} } = this.#options;
    return new Channel({
      ...{ clock, log, random, config, limits },
      receiver: createReceiver(config),
      onUpdate: (id, update) => this.#log.update(id, update),
      onRefused: (service) => this.#look(service),
    });
  }

  /** Decides anew what is told of a service. */
  #look(service: string): void {
    const standing = this.#stand(service);
    if (standing === undefined) return;
    const waits = this.#channels.flatMap((channel) => this.#tell(channel, standing) ?? []);
    const isOver = standing.firing.length + standing.flapping.length === 0;
    if (isOver) this.#close(service);
    this.#deadlines.set(service, isOver || waits.length === 0 ? null : Math.min(...waits));
  }

  #close(service: string): void {
    this.#incidents.delete(service);
    for (const channel of this.#channels) channel.forget(service);
  }

  /** Returns the incident of a service as it stands; `undefined` if there is none. */
  #stand(service: string): IncidentNow | undefined {
    const { source, clock } = this.#options;
    const firing = worstFirst(source.alertsOf(service).filter(({ state }) => state === "firing"));
    const flapping = source.flappingOf(service);
    const known = this.#incidents.get(service);
    if (known === undefined && firing.length + flapping.length === 0) return undefined;
    const present = { now: clock.now(), steadyNow: this.#steady.now() };
    const incident = updateIncident(
      known ?? openIncident(service, firing, present),
      { firing, steadyNow: present.steadyNow, find: (id) => source.alert(id) },
    );
    this.#incidents.set(service, incident);
    return { incident, firing, flapping, tags: source.tagsOf(service) };
  }

  /** Tells a receiver what is to be told now, and returns when time alone changes that. */
  #tell(channel: Channel, standing: IncidentNow): Instant | null {
    const now = this.#steady.now();
    for (;;) {
      const decision = channel.decide(standing, now);
      if (decision.kind === "hold") {
        for (const muted of channel.newlyMuted(standing)) {
          this.#noteHold(channel, { kind: "hold", isNew: true, ...muted }, standing);
        }
        this.#noteHold(channel, decision, standing);
        return "until" in decision.reason && isOwnWait(decision.reason)
          ? decision.reason.until
          : null;
      }
      this.#send(channel, decision, standing.incident);
    }
  }

  #send(
    channel: Channel,
    { reason, alerts }: Extract<ChannelDecision, { kind: "send" }>,
    incident: Incident,
  ): void {
    const { clock, log, source, linkTo } = this.#options;
    const notification = composeNotification({
      ...{
        id: this.#nextId(),
        at: clock.now(),
        steadyNow: this.#steady.now(),
        reason,
        incident,
        alerts,
      },
      affected: reason === "resolved" ? [] : source.affectedBy(incident.service),
      url: linkTo(alerts[0]?.id ?? null),
    });
    this.#count(reason);
    const { name: receiver } = channel;
    log.info("notification decided", { receiver, reason, title: notification.title });
    this.#log.add(channel.entry({ kind: "send", reason, notification }));
    channel.post(notification);
  }

  /** Notes why nothing is sent, once for each reason. */
  #noteHold(
    channel: Channel,
    { reason, alerts, isNew }: Extract<ChannelDecision, { kind: "hold" }>,
    { incident }: IncidentNow,
  ): void {
    if (!isNew) return;
    this.#count(reason.code);
    const { clock, log, linkTo } = this.#options;
    const { name: receiver } = channel;
    const { service } = incident;
    log.info("notification held", { receiver, service, reason: reason.code, ...byOf(reason) });
    const shown = alerts.length > 0 ? alerts : [...incident.alerts.values()];
    const notification = composeNotification({
      ...{
        id: this.#nextId(),
        at: clock.now(),
        steadyNow: this.#steady.now(),
        reason: "first",
        incident,
        alerts: shown,
      },
      affected: [],
      url: linkTo(null),
    });
    this.#log.add(channel.entry({ kind: "hold", reason, notification }));
  }

  #count(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  #nextId(): string {
    return `n${this.#options.clock.now().toString(36)}x${(++this.#made).toString(36)}`;
  }
}

const RECEIVER_GONE: DeliveryUpdate = {
  ...{ state: "dropped", nextTryAt: null, reason: "the receiver is not configured any more" },
};

/** All other waits end with a change that the source tells of. */
function isOwnWait({ code }: HoldReason): boolean {
  return code === "gathering" || code === "told" || code === "refused";
}

function byOf(reason: HoldReason): { readonly by?: string } {
  return "by" in reason ? { by: reason.by } : {};
}
