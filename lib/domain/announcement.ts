/**
 * What is said aloud when alerts change, for those who do not see the screen. Each alert is said once, and once
 * more if it becomes critical.
 *
 * @module
 */

import * as words from "@/texts/announcements.ts";

import type { Severity } from "./rule.ts";

/** How many changes are named at once; the rest are counted. */
export const MAX_ANNOUNCED = 3;

/** What an announcement needs to know of an alert. */
export interface AnnouncedAlert {
  /** Tells it from other alerts. */
  readonly id: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the service. */
  readonly service: string;
  /** Critical ones may interrupt. */
  readonly severity: Severity;
  /** Where it stands. */
  readonly state: "pending" | "firing" | "resolved";
  /** A mute that lets nothing be said; `null` for none. */
  readonly silencedBy: object | null;
  /** A dependency that lets nothing be said; `null` for none. */
  readonly inhibitedBy: object | null;
  /** That it keeps changing, which lets nothing be said; `null` if it does not. */
  readonly flapping: object | null;
}

/** Which firing alerts were said, by id, and how bad they were at the worst. */
export type Heard = ReadonlyMap<string, Severity>;

/** Words to say, and what they are about. */
export interface Announcement {
  /** May interrupt: critical alerts that began to fire, or became critical. Empty for none. */
  readonly urgent: string;
  /** Waits for its turn: other alerts that began to fire, and those that resolved. Empty for none. */
  readonly calm: string;
  /** The alerts that began to fire or became critical. */
  readonly news: readonly AnnouncedAlert[];
  /** What has been said from now on. */
  readonly heard: Heard;
}

/** Alerts as they are, and those that ended just now. */
export interface AlertNews {
  /** All pending and firing ones. */
  readonly active: Iterable<AnnouncedAlert>;
  /** Those that resolved; one that is merely gone (its service was removed) has not recovered. */
  readonly resolved: Iterable<AnnouncedAlert>;
}

/** Returns what counts as said to somebody who has just opened a page with these alerts on it. */
export function startHeard(active: Iterable<AnnouncedAlert>): Heard {
  return announceAlerts(new Map(), { active, resolved: [] }).heard;
}

/**
 * Returns what to say about alerts after a change, `heard` being what was said before. A muted alert is said
 * when it is muted no more and still fires. Saying it again needs another alert or a worse one: neither a new
 * connection nor a silence that ends is news.
 *
 * @example
 * ```ts
 * import { announceAlerts } from "@/lib/domain/announcement.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const alert = {
 *   ...{ id: "1", rule: "HIGH_CPU", service: "auth", severity: "warning", state: "firing" } as const,
 *   ...{ silencedBy: null, inhibitedBy: null, flapping: null },
 * };
 * const first = announceAlerts(new Map(), { active: [alert], resolved: [] });
 * const again = announceAlerts(first.heard, { active: [alert], resolved: [] });
 * assertEquals([first.calm, again.calm], ["Alert: auth, HIGH_CPU.", ""]);
 * ```
 */
export function announceAlerts(heard: Heard, { active, resolved }: AlertNews): Announcement {
  const [urgent, calm]: [string[], string[]] = [[], []];
  const [news, after]: [AnnouncedAlert[], Map<string, Severity>] = [[], new Map()];
  for (const alert of active) {
    const before = heard.get(alert.id);
    const isNews = isWorse(alert, before) && !isMuted(alert);
    if (isNews) {
      news.push(alert);
      (alert.severity === "critical" ? urgent : calm).push(describe(alert, before));
    }
    const said = isNews ? alert.severity : before;
    if (said !== undefined) after.set(alert.id, said);
  }
  for (const alert of resolved) {
    if (!heard.has(alert.id) || isMuted(alert)) continue;
    calm.push(words.recovered(alert.service, alert.rule));
  }
  return { urgent: shorten(urgent), calm: shorten(calm), news, heard: after };
}

function isWorse({ state, severity }: AnnouncedAlert, before: Severity | undefined): boolean {
  if (state !== "firing") return false;
  return before === undefined || (before === "warning" && severity === "critical");
}

function isMuted({ silencedBy, inhibitedBy, flapping }: AnnouncedAlert): boolean {
  return silencedBy !== null || inhibitedBy !== null || flapping !== null;
}

function describe({ service, rule }: AnnouncedAlert, before: Severity | undefined): string {
  return (before === undefined ? words.alert : words.nowCritical)(service, rule);
}

function shorten(sentences: readonly string[]): string {
  const more = sentences.length - MAX_ANNOUNCED;
  return [...sentences.slice(0, MAX_ANNOUNCED), ...(more > 0 ? [words.more(more)] : [])].join(
    " ",
  );
}
