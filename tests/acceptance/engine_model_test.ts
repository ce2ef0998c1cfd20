/**
 * The whole engine (collector, silences, dependencies, notifier) against a tiny model that knows only what a
 * reader of the README knows.
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import type { Rule } from "@/lib/domain/rule.ts";

import { silence, threshold } from "../domain/rules.ts";
import { receiverConfig } from "../support/receiver_config.ts";
import { configOf } from "../support/config.ts";
import { Timeline } from "./timeline.ts";

const LIMIT_MS = 5_000;
const GRACE_MS = 10_000;
const STEP_MS = 250;

/** One rule on values that fires at once, one on silence: enough for all that may happen between services. */
const RULES: readonly Rule[] = [
  threshold({ hold: { kind: "samples", breaches: 1, of: 1 } }),
  silence({ limitMs: LIMIT_MS }),
];

const ALL = { state: "active", service: null, severity: null, after: null, limit: 100 } as const;

const NAMES = ["db", "shop", "cart"] as const;
type Name = (typeof NAMES)[number];

/** What the model remembers of a service. */
interface ServiceModel {
  /** When it was heard of last; its silence counts from here. */
  heardAt: number;
  /** Whether its last value was too high; `null` before the first. */
  isHot: boolean | null;
  /** Whether SERVICE_DOWN fires. */
  isDown: boolean;
  /** When it ceased to be DOWN. */
  recoveredAt: number;
  /** When each rule that fires began to. */
  readonly firing: Map<string, number>;
  /** Rules that somebody is on. */
  readonly acknowledged: Set<string>;
  /** Whether `ops` knows of an open incident. */
  isTold: boolean;
}

interface Model {
  now: number;
  readonly services: Record<Name, ServiceModel>;
  /** Until when each service is silenced. */
  readonly silencedUntil: Record<Name, number>;
}

interface Real {
  readonly timeline: Timeline;
  readonly seen: string[];
}

function startModel(): Model {
  const service = (): ServiceModel => ({
    ...{ heardAt: 0, isHot: null, isDown: false, recoveredAt: -Infinity, isTold: false },
    firing: new Map(),
    acknowledged: new Set(),
  });
  return {
    now: 0,
    services: { db: service(), shop: service(), cart: service() },
    silencedUntil: { db: 0, shop: 0, cart: 0 },
  };
}

/** Both children depend on the database. */
function parentOf(model: Model, name: Name): ServiceModel | null {
  return name === "db" ? null : model.services.db;
}

/** Why nothing may be told of an alert now: a reader's summary of docs/alerts.md. */
function isMuted(model: Model, name: Name, rule: string): boolean {
  const service = model.services[name];
  const parent = parentOf(model, name);
  const since = service.firing.get(rule) ?? 0;
  const isInhibited = parent !== null && (
    parent.isDown || model.now < parent.recoveredAt + GRACE_MS ||
    ((parent.isHot === null || parent.heardAt < since) &&
      model.now < Math.min(parent.heardAt + LIMIT_MS, since + GRACE_MS))
  );
  return isInhibited || model.now < model.silencedUntil[name] || service.acknowledged.has(rule);
}

/** Lets the model see what silence does, then compares everything with the monitor. */
function check(model: Model, { timeline, seen }: Real): void {
  const { collector } = timeline.monitor;
  const alerts = collector.alerts(ALL);
  const shown = alerts.map(({ service, rule }) => `${service} ${rule}`).toSorted();
  const expected = NAMES.flatMap((name) =>
    [...model.services[name].firing.keys()].map((rule) => `${name} ${rule}`)
  ).toSorted();
  assertEquals(shown, expected);
  for (const name of NAMES) {
    const service = model.services[name];
    const status = service.isDown
      ? "DOWN"
      : service.firing.size > 0
      ? "DEGRADED"
      : service.isHot === null
      ? "UNKNOWN"
      : "HEALTHY";
    assertEquals(collector.service(name)?.status, status, name);
    const open = openRules(model, name);
    // What is open has been told, and what is told was open: the receiver neither misses nor dreams.
    if (open.length > 0) {
      assert(isToldOf(timeline, name), `${name} is not told: ${seen.join(", ")}`);
    }
    if (service.firing.size === 0) assert(!isToldOf(timeline, name), `${name} is still told`);
  }
  for (const alert of alerts) {
    const isAcknowledged = model.services[alert.service as Name].acknowledged.has(alert.rule);
    assertEquals(alert.acknowledged !== null, isAcknowledged);
    const isSilenced = model.now < model.silencedUntil[alert.service as Name];
    assertEquals(alert.silencedBy !== null, isSilenced);
    assertEquals(
      alert.inhibitedBy?.kind === "down",
      parentOf(model, alert.service as Name)?.isDown ?? false,
    );
  }
}

/** Whether the last that `ops` heard of a service is that something fires. */
function isToldOf(timeline: Timeline, name: Name): boolean {
  const last = timeline.receiver("ops").sent.findLast(({ service }) => service === name);
  return last?.state === "firing";
}

/** Moves the model on to an instant, noticing each silence at its limit. */
function passTime(model: Model, to: number): void {
  model.now = to;
  for (const name of NAMES) {
    const service = model.services[name];
    if (!service.isDown && to >= service.heardAt + LIMIT_MS) {
      service.isDown = true;
      service.firing.set("SERVICE_DOWN", service.heardAt + LIMIT_MS);
    }
  }
}

function resolve(service: ServiceModel, rule: string): void {
  service.firing.delete(rule);
  service.acknowledged.delete(rule);
}

class Send implements fc.AsyncCommand<Model, Real> {
  constructor(readonly name: Name, readonly isHot: boolean) {}
  check = () => true;
  toString = () => `${this.name} ${this.isHot ? "hot" : "good"}`;

  async run(model: Model, real: Real): Promise<void> {
    real.seen.push(this.toString());
    const service = model.services[this.name];
    service.heardAt = model.now;
    service.isHot = this.isHot;
    if (service.isDown) {
      service.isDown = false;
      service.recoveredAt = model.now;
      resolve(service, "SERVICE_DOWN");
    }
    if (!this.isHot) resolve(service, "HIGH_CPU");
    else if (!service.firing.has("HIGH_CPU")) service.firing.set("HIGH_CPU", model.now);
    const metrics = { cpu: this.isHot ? 99 : 10 };
    real.timeline.monitor.collector.ingest([{ service: this.name, metrics }]);
    await pass(model, real, 100);
  }
}

class Wait implements fc.AsyncCommand<Model, Real> {
  constructor(readonly durationMs: number) {}
  check = () => true;
  toString = () => `wait ${this.durationMs}`;

  async run(model: Model, real: Real): Promise<void> {
    real.seen.push(this.toString());
    await pass(model, real, this.durationMs);
  }
}

class Acknowledge implements fc.AsyncCommand<Model, Real> {
  constructor(readonly name: Name) {}
  check = (model: Readonly<Model>) => model.services[this.name].firing.size > 0;
  toString = () => `acknowledge ${this.name}`;

  async run(model: Model, real: Real): Promise<void> {
    real.seen.push(this.toString());
    for (const { id, service, rule } of real.timeline.monitor.collector.alerts(ALL)) {
      if (service !== this.name) continue;
      real.timeline.monitor.desk.acknowledge(id, { by: "Anna", note: "" });
      model.services[this.name].acknowledged.add(rule);
    }
    await pass(model, real, 100);
  }
}

class Silence implements fc.AsyncCommand<Model, Real> {
  constructor(readonly name: Name, readonly durationMs: number) {}
  check = (model: Readonly<Model>) => model.silencedUntil[this.name] <= model.now;
  toString = () => `silence ${this.name} for ${this.durationMs}`;

  async run(model: Model, real: Real): Promise<void> {
    real.seen.push(this.toString());
    model.silencedUntil[this.name] = model.now + this.durationMs;
    const { clock, monitor } = real.timeline;
    const made = monitor.desk.addSilence({
      ...{ matcher: { ...MATCH_ALL, service: this.name }, startsAt: null },
      ...{ endsAt: clock.now() + this.durationMs, author: "Ben", reason: "" },
    });
    assertEquals(made.kind, "done");
    await pass(model, real, 100);
  }
}

/** Rules of a service of which is to be told now. */
function openRules(model: Model, name: Name): string[] {
  return [...model.services[name].firing.keys()].filter((rule) => !isMuted(model, name, rule));
}

/** Lets time pass on both sides, and compares them after each step. */
async function pass(model: Model, real: Real, durationMs: number): Promise<void> {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= STEP_MS) {
    const stepMs = Math.min(leftMs, STEP_MS);
    const openBefore = NAMES.filter((name) => openRules(model, name).length > 0);
    const sentBefore = real.timeline.receiver("ops").sent.length;
    passTime(model, model.now + stepMs);
    await real.timeline.quiet(stepMs);
    check(model, real);
    const openAfter = NAMES.filter((name) => openRules(model, name).length > 0);
    for (const { service, state } of real.timeline.receiver("ops").sent.slice(sentBefore)) {
      const isOpen = [...openBefore, ...openAfter].some((name) => name === service);
      assert(state === "resolved" || isOpen, `${service} is told: ${real.seen.join(", ")}`);
    }
  }
}

Deno.test("the whole engine agrees with a tiny model, whatever services and people do", async () => {
  const name = fc.constantFrom(...NAMES);
  const kinds: fc.Arbitrary<fc.AsyncCommand<Model, Real>>[] = [
    fc.tuple(name, fc.boolean()).map(([of, isHot]) => new Send(of, isHot)),
    fc.tuple(name, fc.boolean()).map(([of, isHot]) => new Send(of, isHot)),
    fc.constantFrom(100, 1_000, 5_000, 12_000).map((durationMs) => new Wait(durationMs)),
    name.map((of) => new Acknowledge(of)),
    fc.tuple(name, fc.constantFrom(3_050, 30_050)).map(([of, ms]) => new Silence(of, ms)),
  ];
  const commands = fc.commands(kinds, { size: "+1" });
  const runs = fc.asyncProperty(commands, async (script) => {
    await fc.asyncModelRun(async () => {
      const timeline = new Timeline(configOf({
        ...{ push: NAMES, rules: RULES, receivers: [receiverConfig("ops")] },
        dependsOn: { shop: ["db"], cart: ["db"] },
        // Flapping has a model of its own: tests/domain/flapping_test.ts.
        alerting: { parentGraceMs: GRACE_MS, flapping: { changes: 1_000, windowMs: 1_000 } },
      }));
      await timeline.quiet(0);
      return { model: startModel(), real: { timeline, seen: [] } };
    }, script);
  });
  await fc.assert(runs, { numRuns: 150 });
});
