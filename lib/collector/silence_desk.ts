/**
 * Making, changing and ending silences; it also notices when silences and maintenance windows begin and end
 * by themselves.
 *
 * @module
 */

import { formatInstant, type Instant } from "@/lib/domain/instant.ts";
import type { MaintenanceWindow } from "@/lib/domain/maintenance.ts";
import { MATCH_ALL, type Matcher } from "@/lib/domain/matcher.ts";
import { type Silence, silenceState } from "@/lib/domain/silence.ts";
import type { ActResult, SilenceDraft } from "@/lib/ports/alert_desk.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import type { Ledger } from "@/lib/ports/ledger.ts";
import type { InputIssue } from "@/lib/ports/monitor.ts";
import type { MaintenanceView, SilenceView } from "@/lib/protocol/views.ts";

import { MAX_SILENCES, type Mutes } from "./mutes.ts";

/** What a {@linkcode SilenceDesk} needs. */
export interface SilenceDeskOptions {
  /** The time by which silences hold. */
  readonly clock: Clock;
  /** Where silences and windows are kept. */
  readonly mutes: Mutes;
  /** Where silences are written down. */
  readonly ledger: Ledger;
  /** Returns ids of active alerts that meet any of the conditions, by service. */
  readonly matching: (matchers: readonly Matcher[]) => ReadonlyMap<string, readonly string[]>;
  /** Hears of alerts that are muted now or are not any more, by service. */
  readonly onChange: (alerts: ReadonlyMap<string, readonly string[]>) => void;
  /** Hears when {@linkcode SilenceDesk.passTime} is to be called; `null` for never. */
  readonly onNextChange: (at: Instant | null) => void;
}

/** The longest time ahead that a silence may reach, in milliseconds: a year and a day. */
export const MAX_SILENCE_MS = 366 * 86_400_000;

/** Waits are longer than they seem once the clock is set forward, so none is longer than this. */
const LONGEST_WAIT_MS = 60_000;

const EXPIRED = { kind: "conflict", reason: "the silence is over already" } as const;

/** Takes what operators say about silences. */
export class SilenceDesk {
  readonly #options: SilenceDeskOptions;
  /** Up to when beginnings and ends were told. */
  #toldAt: Instant;
  #made = 0;

  /** Begins without silences and windows. */
  constructor(options: SilenceDeskOptions) {
    this.#options = options;
    this.#toldAt = options.clock.now();
  }

  /** Takes the windows of a new configuration. Whoever calls looks at all alerts anew. */
  plan(windows: readonly MaintenanceWindow[]): void {
    this.#options.mutes.plan(windows, this.#now());
    this.#arm();
  }

  /** Takes the silences of an earlier run. */
  restore(silences: readonly Silence[]): void {
    const now = this.#now();
    for (const silence of silences) this.#options.mutes.put(silence, now);
    this.#arm();
  }

  /** Returns the silences that are kept: active, pending, expired, each newest first. */
  list(): readonly SilenceView[] {
    const silences = this.#options.mutes.silences();
    return silences.map((silence) => this.#view(silence)).sort(compareSilences);
  }

  /** Returns one silence. */
  find(id: string): SilenceView | undefined {
    const silence = this.#options.mutes.silence(id);
    return silence && this.#view(silence);
  }

  /** Returns the maintenance windows, active ones first. */
  windows(): readonly MaintenanceView[] {
    return this.#options.mutes.windows(this.#now());
  }

  /** Makes a silence. */
  add(draft: SilenceDraft): ActResult<SilenceView> {
    const now = this.#now();
    if (!this.#options.mutes.hasRoom(now)) {
      return { kind: "full", reason: `no room for another silence, limit ${MAX_SILENCES}` };
    }
    return this.#take(draft, { id: this.#nextId(now), createdAt: now });
  }

  /** Changes a silence that is not over. A draft without a start keeps the old one. */
  change(id: string, draft: SilenceDraft): ActResult<SilenceView> {
    const before = this.#options.mutes.silence(id);
    if (before === undefined) return { kind: "unknown" };
    if (silenceState(before, this.#now()) === "expired") return EXPIRED;
    return this.#take({ ...draft, startsAt: draft.startsAt ?? before.startsAt }, before);
  }

  /** Ends a silence now; it stays to be read. */
  end(id: string): ActResult<SilenceView> {
    const before = this.#options.mutes.silence(id);
    const now = this.#now();
    if (before === undefined) return { kind: "unknown" };
    if (silenceState(before, now) === "expired") return EXPIRED;
    return this.#put({ ...before, startsAt: Math.min(before.startsAt, now), endsAt: now });
  }

  /** Tells of what began or ended since it was told last. */
  passTime(): void {
    const { mutes, matching, onChange } = this.#options;
    const now = this.#now();
    const touched = matching(mutes.changed(this.#toldAt, now));
    mutes.passTime(now);
    this.#toldAt = now;
    onChange(touched);
    this.#arm();
  }

  /** Looks at everything anew, after the clock was set: silences and windows go by it wherever it is. */
  moveClock(): void {
    const { mutes, matching, onChange } = this.#options;
    mutes.replan(this.#now());
    this.#toldAt = this.#now();
    onChange(matching([MATCH_ALL]));
    this.#arm();
  }

  #take(
    draft: SilenceDraft,
    { id, createdAt }: Pick<Silence, "id" | "createdAt">,
  ): ActResult<SilenceView> {
    const now = this.#now();
    const issues = checkSilence(draft, now);
    if (issues.length > 0) return { kind: "invalid", issues };
    const { matcher, endsAt, author, reason } = draft;
    const startsAt = draft.startsAt ?? now;
    return this.#put({ id, createdAt, matcher, startsAt, endsAt, author, reason });
  }

  #put(silence: Silence): ActResult<SilenceView> {
    const { mutes, ledger, matching, onChange } = this.#options;
    const before = mutes.silence(silence.id);
    const gone = mutes.put(silence, this.#now());
    if (gone !== undefined) ledger.put({ kind: "silence", key: gone, body: null });
    ledger.put({
      kind: "silence",
      key: silence.id,
      body: JSON.stringify(silence),
      ...before === undefined ? { isNew: true } : {},
    });
    const both = before === undefined ? [silence] : [silence, before];
    onChange(matching(both.map(({ matcher }) => matcher)));
    this.#arm();
    return { kind: "done", value: this.#view(silence) };
  }

  #view(silence: Silence): SilenceView {
    const { matching } = this.#options;
    const state = silenceState(silence, this.#now());
    const muted = state === "active" ? [...matching([silence.matcher]).values()] : [];
    return { ...silence, state, mutes: muted.reduce((count, ids) => count + ids.length, 0) };
  }

  /** One that an earlier run has made may be of the same instant, if the clock was set back. */
  #nextId(now: Instant): string {
    for (;;) {
      const id = `s${now.toString(36)}${(++this.#made).toString(36)}`;
      if (this.#options.mutes.silence(id) === undefined) return id;
    }
  }

  #arm(): void {
    const now = this.#now();
    const next = this.#options.mutes.nextChange(now);
    this.#options.onNextChange(next === null ? null : Math.min(next, now + LONGEST_WAIT_MS));
  }

  #now(): Instant {
    return this.#options.clock.now();
  }
}

/** Returns what is wrong with a draft. */
function checkSilence(draft: SilenceDraft, now: Instant): readonly InputIssue[] {
  const hasCondition = Object.values(draft.matcher).some((condition) => condition !== null);
  const problem = checkEnd(draft, now);
  return [
    ...hasCondition ? [] : [{ path: "match", message: NO_CONDITION }],
    ...problem === null
      ? []
      : [{ path: "endsAt", message: `${problem}, got ${formatInstant(draft.endsAt)}` }],
  ];
}

const NO_CONDITION = 'must have at least one condition; { "service": "*" } is for all alerts';

function checkEnd({ startsAt, endsAt }: SilenceDraft, now: Instant): string | null {
  if (endsAt <= now) return "must be in the future";
  const start = startsAt ?? now;
  if (endsAt <= start) return `must be after the start, ${formatInstant(start)}`;
  return endsAt > now + MAX_SILENCE_MS ? "must be at most 366 days ahead" : null;
}

const STATES = ["active", "pending", "expired"] as const;

function compareSilences(a: SilenceView, b: SilenceView): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.createdAt - a.createdAt ||
    (a.id < b.id ? 1 : -1);
}
