/**
 * What mutes alerts: the silences that people made, and the maintenance windows of the configuration.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import {
  type MaintenanceSpan,
  maintenanceSpan,
  type MaintenanceWindow,
} from "@/lib/domain/maintenance.ts";
import { type MatchedAlert, type Matcher, matchesAlert } from "@/lib/domain/matcher.ts";
import { type Silence, silenceState } from "@/lib/domain/silence.ts";
import type { MaintenanceView, MuteView } from "@/lib/protocol/views.ts";

/** How many silences are kept; when one is added, the expired one that ended first goes. */
export const MAX_SILENCES = 1_000;

/** A window with its span; `null` once no more comes. */
interface PlannedWindow {
  readonly window: MaintenanceWindow;
  readonly span: MaintenanceSpan | null;
}

/** Holds silences and windows. It knows no clock: `now` is handed in, and {@linkcode Mutes.nextChange} says when to ask again. */
export class Mutes {
  readonly #silences = new Map<string, Silence>();
  #planned: readonly PlannedWindow[] = [];

  /** Takes the windows of a new configuration. */
  plan(windows: readonly MaintenanceWindow[], now: Instant): void {
    this.#planned = windows.map((window) => ({ window, span: maintenanceSpan(window, now) }));
  }

  /** Finds the next spans of windows whose span is over. */
  passTime(now: Instant): void {
    this.#planned = this.#planned.map((planned) => {
      const { window, span } = planned;
      const isOver = span !== null && span.endsAt <= now;
      return isOver ? { window, span: maintenanceSpan(window, now) } : planned;
    });
  }

  /** Finds all spans anew, after the clock was set. */
  replan(now: Instant): void {
    this.plan(this.#planned.map(({ window }) => window), now);
  }

  /** Whether another silence can be kept. */
  hasRoom(now: Instant): boolean {
    return this.#silences.size < MAX_SILENCES || this.#expired(now).length > 0;
  }

  /**
   * Keeps a silence, instead of an earlier one with the same id.
   *
   * @returns The id of an expired one that went to make room for it.
   */
  put(silence: Silence, now: Instant): string | undefined {
    const [oldest] = this.#expired(now);
    const isNew = !this.#silences.has(silence.id);
    const gone = isNew && this.#silences.size >= MAX_SILENCES ? oldest?.id : undefined;
    if (gone !== undefined) this.#silences.delete(gone);
    this.#silences.set(silence.id, silence);
    return gone;
  }

  /** Returns one silence. */
  silence(id: string): Silence | undefined {
    return this.#silences.get(id);
  }

  /** Returns all silences, in no particular order. */
  silences(): readonly Silence[] {
    return [...this.#silences.values()];
  }

  /** Returns the windows, those that hold now first, then by their next beginning. */
  windows(now: Instant): readonly MaintenanceView[] {
    return this.#planned
      .map(({ window: { name, matcher, reason }, span }) => {
        return { name, matcher, reason, active: holds(span, now), span };
      })
      .sort((a, b) =>
        Number(b.active) - Number(a.active) ||
        (a.span?.startsAt ?? Infinity) - (b.span?.startsAt ?? Infinity)
      );
  }

  /** Returns what mutes an alert, of several the one that ends last; `null` if nothing does. */
  muteOf(alert: MatchedAlert, now: Instant): MuteView | null {
    const mutes = [...this.#silencesOf(alert, now), ...this.#windowsOf(alert, now)];
    return mutes.reduce<MuteView | null>(
      (last, mute) => last === null || mute.until > last.until ? mute : last,
      null,
    );
  }

  /** Returns when a silence or window begins or ends next; `null` if none does. */
  nextChange(now: Instant): Instant | null {
    const spans = [...this.#silences.values(), ...this.#planned.flatMap(({ span }) => span ?? [])];
    const coming = spans.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])
      .filter((at) => at > now);
    return coming.length === 0 ? null : coming.reduce((a, b) => Math.min(a, b));
  }

  /** Returns the matchers of all that began or ended after `from` and up to `to`. */
  changed(from: Instant, to: Instant): readonly Matcher[] {
    const isChanged = ({ startsAt, endsAt }: MaintenanceSpan) =>
      (startsAt > from && startsAt <= to) || (endsAt > from && endsAt <= to);
    return [
      ...[...this.#silences.values()].filter(isChanged).map(({ matcher }) => matcher),
      ...this.#planned.filter(({ span }) => span !== null && isChanged(span))
        .map(({ window }) => window.matcher),
    ];
  }

  *#silencesOf(alert: MatchedAlert, now: Instant): Generator<MuteView> {
    for (const { id, matcher, startsAt, endsAt, author, reason } of this.#silences.values()) {
      if (silenceState({ startsAt, endsAt }, now) !== "active") continue;
      if (!matchesAlert(matcher, alert)) continue;
      yield { kind: "silence", id, until: endsAt, author, reason };
    }
  }

  *#windowsOf(alert: MatchedAlert, now: Instant): Generator<MuteView> {
    for (const { window: { name, matcher, reason }, span } of this.#planned) {
      if (span === null || !holds(span, now) || !matchesAlert(matcher, alert)) continue;
      yield { kind: "maintenance", id: name, until: span.endsAt, author: "", reason };
    }
  }

  /** Those that are over, the one that ended first at the front. */
  #expired(now: Instant): Silence[] {
    return [...this.#silences.values()]
      .filter((silence) => silenceState(silence, now) === "expired")
      .sort((a, b) => a.endsAt - b.endsAt);
  }
}

function holds(span: MaintenanceSpan | null, now: Instant): boolean {
  return span !== null && span.startsAt <= now && now < span.endsAt;
}
