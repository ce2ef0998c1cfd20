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
import { type Ledger, NO_LEDGER } from "@/lib/ports/ledger.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { ReceiverConfig } from "@/lib/ports/monitor_config.ts";
import { FIRST_RUN, type RestoredState } from "@/lib/ports/restored_state.ts";
import { steadyClock } from "@/lib/ports/steady_clock.ts";
import type { DeliveryResult, Receiver } from "@/lib/ports/receiver.ts";
import type { NotificationCounts, NotificationView, ReceiverView } from "@/lib/protocol/views.ts";

import { Channel, type ChannelDecision } from "./channel.ts";
import { composeNotification, composeTest } from "./compose_notification.ts";
import {
  type Incident,
  type IncidentNow,
  openIncident,
  recallIncident,
  updateIncident,
  worstFirst,
} from "./incident.ts";
import type { DeliveryUpdate } from "./delivery_update.ts";
import { IncidentKeeper } from "./incident_keeper.ts";
import type { MailboxLimits } from "./mailbox_limits.ts";
import { Outbox } from "./outbox.ts";

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
  /** Where what is decided is written down before anybody is told. @default {NO_LEDGER} */
  readonly ledger?: Ledger;
  /** What an earlier run has left. @default {FIRST_RUN} */
  readonly restored?: Pick<RestoredState, "incidents" | "notifications">;
}

/** Holds the open incidents, what each receiver knows of them, and the queues. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #outbox: Outbox;
  readonly #keeper: IncidentKeeper;
  readonly #incidents = new Map<string, Incident>();
  readonly #steady: Clock;
  readonly #deadlines: Deadlines;
  readonly #counts: Map<string, number> = new Map();
  #channels: readonly Channel[] = [];
  #made = 0;
  #isStopped = false;
  /** The change of receivers that is under way. */
  #changing: Promise<void> | undefined;

  /** Begins with the incidents of an earlier run; nothing is sent before {@linkcode Notifier.start}. */
  constructor(options: NotifierOptions) {
    const { ledger = NO_LEDGER, restored = FIRST_RUN } = options;
    this.#options = options;
    this.#outbox = new Outbox(ledger, restored.notifications);
    this.#keeper = new IncidentKeeper(ledger);
    this.#steady = steadyClock(options.clock);
    this.#deadlines = new Deadlines({
      clock: this.#steady,
      onDue: (services) => services.forEach((service) => this.#look(service)),
    });
    this.#channels = options.receivers.map((config) => this.#open(config));
    const heard = this.#outbox.heard();
    for (const incident of restored.incidents) this.#recall(incident, heard);
  }

  /**
   * Goes on with what an earlier run did not send, and looks at what fires already.
   *
   * @param services Those with alerts; others are looked at with the first change of them.
   */
  start(services: Iterable<string>): void {
    const now = this.#options.clock.now();
    for (const { view, notification } of this.#outbox.unfinished()) {
      const channel = this.#channels.find(({ name }) => name === view.receiver);
      if (notification.state === "test") this.#outbox.update(view.id, TEST_CUT_SHORT);
      else if (channel === undefined) this.#outbox.update(view.id, RECEIVER_GONE);
      else channel.post(notification, { ageMs: Math.max(0, now - view.at), tries: view.tries });
    }
    for (const service of new Set([...this.#incidents.keys(), ...services])) this.#look(service);
  }

  /** What it knows is by the wall clock, which the steady one equals at the start. */
  #recall(stored: RestoredState["incidents"][number], heard: ReturnType<Outbox["heard"]>): void {
    const { source } = this.#options;
    const incident = recallIncident(stored, (id) => source.alert(id), this.#steady.now());
    if (incident.alerts.size + source.flappingOf(stored.service).length === 0) {
      // Its alerts cannot be read: nobody knows that they are over.
      this.#options.log.error("incident forgotten, its alerts are not known", { id: stored.id });
      return this.#keeper.forget(stored.service);
    }
    this.#incidents.set(stored.service, incident);
    for (const channel of this.#channels) {
      const memory = stored.memories[channel.name];
      if (memory === undefined) continue;
      const told = memory.told &&
        { ...memory.told, at: Math.min(memory.told.at, this.#steady.now()) };
      channel.recall(stored, { ...memory, told, ...heard(stored.id, channel.name) });
    }
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
      const after = this.#outbox.committed();
      if (successor !== undefined) successor.post(notification, { after });
      else this.#outbox.update(notification.id, RECEIVER_GONE);
    }
  }

  /** Returns entries of the log, newest first. */
  notifications(query: NotificationQuery): readonly NotificationView[] {
    return this.#outbox.query(query);
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
    this.#outbox.add(channel.entry({ kind: "send", reason: "test", notification }), notification);
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
      onUpdate: (id, update) => this.#outbox.update(id, update),
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
    else this.#keep(standing.incident);
    this.#deadlines.set(service, isOver || waits.length === 0 ? null : Math.min(...waits));
  }

  #keep(incident: Incident): void {
    const aheadMs = Math.round(this.#options.clock.now() - this.#steady.now());
    this.#keeper.note(incident, { channels: this.#channels, aheadMs });
  }

  #close(service: string): void {
    this.#incidents.delete(service);
    this.#keeper.forget(service);
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
    this.#outbox.add(channel.entry({ kind: "send", reason, notification }), notification);
    channel.post(notification, { after: this.#outbox.committed() });
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
    this.#outbox.add(channel.entry({ kind: "hold", reason, notification }), null);
  }

  #count(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  /** One that an earlier run has made may be of the same instant, if the clock was set back. */
  #nextId(): string {
    for (;;) {
      const id = `n${this.#options.clock.now().toString(36)}x${(++this.#made).toString(36)}`;
      if (!this.#outbox.has(id)) return id;
    }
  }
}

const RECEIVER_GONE: DeliveryUpdate = {
  ...{ state: "dropped", nextTryAt: null, reason: "the receiver is not configured any more" },
};

const TEST_CUT_SHORT: DeliveryUpdate = {
  ...{ state: "failed", nextTryAt: null, reason: "Vitals was stopped before an answer came" },
};

/** All other waits end with a change that the source tells of. */
function isOwnWait({ code }: HoldReason): boolean {
  return code === "gathering" || code === "told" || code === "refused";
}

function byOf(reason: HoldReason): { readonly by?: string } {
  return "by" in reason ? { by: reason.by } : {};
}
