/**
 * What is due from time to time, in small steps: sealing, rolling up, and forgetting.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

import type { Instant } from "@/lib/domain/instant.ts";
import type { Retention } from "@/lib/domain/retention.ts";
import { retentionOf, STEP_MS, type Tier, TIERS } from "@/lib/domain/tier.ts";

import { inTransaction } from "./database.ts";
import { isDue, SEALED_AT_ONCE, worthSealing } from "./sealing.ts";
import type { ServiceRecord } from "./service_table.ts";
import type { Tables } from "./tables.ts";

/** How often it is looked for what is to be forgotten, in milliseconds. */
const FORGET_EVERY_MS = 600_000;

/** Options of {@linkcode Caretaker}. */
export interface CaretakerOptions {
  /** The database, for transactions. */
  readonly database: DatabaseSync;
  /** What it takes care of. */
  readonly tables: Tables;
  /** How long what is kept. */
  readonly retention: Retention;
  /** At most so many bytes of sealed samples and buckets are kept. @default {Infinity} */
  readonly maxBytes?: number;
}

/** What a step came to. */
interface StepResult {
  /** Whether there is more of the same. */
  readonly hasMore: boolean;
  /** What is remembered once it is committed. */
  readonly onCommitted: () => void;
}

type Step = (now: Instant) => StepResult;

const DONE: StepResult = { hasMore: false, onCommitted() {} };

/** Does what is due. Each step is one transaction, so the process may die between any two. */
export class Caretaker {
  readonly #database: DatabaseSync;
  readonly #tables: Tables;
  #retention: Retention;
  readonly #maxBytes: number;
  #steps: Step[] = [];
  #forgotAt = -Infinity;

  /** Does nothing yet. */
  constructor({ database, tables, retention, maxBytes = Infinity }: CaretakerOptions) {
    this.#database = database;
    this.#tables = tables;
    this.#retention = retention;
    this.#maxBytes = maxBytes;
  }

  /** Keeps what is kept for so long; what is too old is looked for at once. */
  retain(retention: Retention): void {
    this.#retention = retention;
    this.#forgotAt = -Infinity;
  }

  /**
   * Notes that a run begins. Forgetting waits for a while then: a clock that is wrong when a machine starts is
   * put right soon, and what was forgotten by it would not come back.
   */
  begin(now: Instant): void {
    this.#forgotAt = now;
  }

  /** Does one step, and tells whether more is due at once. One that fails is found again later. */
  step(now: Instant): boolean {
    if (this.#steps.length === 0) this.#steps = this.#findDue(now);
    const step = this.#steps.shift();
    if (step === undefined) return false;
    const { hasMore, onCommitted } = inTransaction(this.#database, () => step(now));
    onCommitted();
    if (hasMore) this.#steps.unshift(step);
    return this.#steps.length > 0;
  }

  #findDue(now: Instant): Step[] {
    const seals = this.#tables.services.list()
      .filter((service) => this.#isDue(service, now))
      .map(({ id }): Step => (at) => this.#seal(id, at));
    // A clock that was set back must not put it off for long.
    const isTime = Math.abs(now - this.#forgotAt) >= FORGET_EVERY_MS;
    return isTime ? [...seals, ...this.#planForgetting(now)] : seals;
  }

  #planForgetting(now: Instant): Step[] {
    this.#forgotAt = now;
    const services = this.#tables.services.list().map(({ id }): Step => (at) =>
      this.#forget(id, at)
    );
    return [
      ...services,
      ...this.#maxBytes === Infinity ? [] : TIERS.flatMap((tier) => this.#planBeyond(tier)),
      (at) => this.#forgetEvents(at),
    ];
  }

  #seal(id: number, now: Instant): StepResult {
    const { services, journal, archive } = this.#tables;
    const before = services.numbered(id);
    if (before === undefined) return DONE;
    const sealable = journal.sealable(id, SEALED_AT_ONCE);
    const sealed = archive.seal({ record: before, fresh: sealable.block }, now);
    const record = { ...sealed, sealedSeq: Math.max(before.sealedSeq, sealable.lastSeq) };
    services.update(record);
    journal.deleteFinished(sealable);
    const onCommitted = () => {
      services.remember(record);
      journal.drop(sealable);
    };
    const left = (journal.waiting(id)?.count ?? 0) - sealable.count;
    return { hasMore: left >= this.#worth(), onCommitted };
  }

  #isDue(service: ServiceRecord, now: Instant): boolean {
    const waiting = this.#tables.journal.waiting(service.id);
    return isDue(service, { waiting, worth: this.#worth(), now });
  }

  #worth(): number {
    return worthSealing(this.#tables.services.size);
  }

  /** Forgets what is older than its retention and is in the next tier. */
  #forget(id: number, now: Instant): StepResult {
    const { services } = this.#tables;
    const before = services.numbered(id);
    if (before === undefined) return DONE;
    if (this.#isGone(before, now)) {
      services.delete(before);
      return { hasMore: false, onCommitted: () => services.forget(before) };
    }
    const record = TIERS.reduce(
      (each, tier) => this.#forgetTier(each, tier, now - retentionOf(this.#retention, tier)),
      before,
    );
    return this.#keep(before, record);
  }

  #planBeyond(tier: Tier): Step[] {
    const beyond = this.#tables.chunks.beyond(tier, this.#maxBytes * SHARES[tier]);
    return beyond.map(({ service, toAt }): Step => () => {
      const before = this.#tables.services.numbered(service);
      return before ? this.#keep(before, this.#forgetTier(before, tier, toAt + 1)) : DONE;
    });
  }

  #keep(before: ServiceRecord, after: ServiceRecord): StepResult {
    if (after === before) return DONE;
    this.#tables.services.update(after);
    return { hasMore: false, onCommitted: () => this.#tables.services.remember(after) };
  }

  #forgetTier(record: ServiceRecord, tier: Tier, before: Instant): ServiceRecord {
    const made = tier === "hour" ? Infinity : record.rolled[ABOVE[tier]];
    const owner = { service: record.id, tier };
    const last = this.#tables.chunks.deleteBefore(owner, Math.min(before, made));
    if (last === null) return record;
    const end = last + (tier === "raw" ? 1 : STEP_MS[tier]);
    const floor = Math.max(record.floors[tier], end);
    return { ...record, floors: { ...record.floors, [tier]: floor } };
  }

  /** Whether nothing is left of a service but its name. */
  #isGone({ id, newestAt }: ServiceRecord, now: Instant): boolean {
    const { chunks, events, journal } = this.#tables;
    const isOld = (newestAt ?? 0) < now - this.#retention.hourMs;
    return isOld && journal.waiting(id) === null && !chunks.hasAny(id) && !events.hasAny(id);
  }

  #forgetEvents(now: Instant): StepResult {
    const before = now - this.#retention.hourMs;
    this.#tables.runs.forget(before);
    return { hasMore: this.#tables.events.forget(before), onCommitted() {} };
  }
}

/** How much of the bytes that may be kept each tier may take. */
const SHARES = { raw: 1 / 2, tenSeconds: 1 / 4, minute: 1 / 8, hour: 1 / 8 } as const;

/** The tier that is made from each. */
const ABOVE = { raw: "tenSeconds", tenSeconds: "minute", minute: "hour" } as const;
