/**
 * Turns receivers as the file has them into receivers that can be told, with what the environment holds. No
 * message says what a secret is, neither as it stands in the file nor as it came from the environment.
 *
 * @module
 */

import type { ReceiverConfig, ReceiverTarget } from "@/lib/ports/monitor_config.ts";

import type { Path } from "./config_error.ts";
import type { Placed } from "./entries.ts";
import type { ReceiverEntry } from "./entry_types.ts";
import { ReceiverTexts, type TextScope } from "./receiver_texts.ts";
import { type DurationBounds, resolveDuration } from "./resolve_durations.ts";
import { resolveMatch } from "./resolve_match.ts";
import { RATE_PATTERN } from "./schema_receivers.ts";

/** Returns the receiver that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveReceiver(
  { path, entry }: Placed<ReceiverEntry>,
  scope: TextScope,
): ReceiverConfig | null {
  const target = resolveTarget({ path, entry }, scope);
  const span = (key: string, text: string, bounds: DurationBounds) =>
    resolveDuration(text, bounds, { path: [...path, key], report: scope.report });
  const repeatMs = entry.repeat === false
    ? null
    : span("repeat", entry.repeat, { min: "1m", max: "30d" });
  const groupWaitMs = span("groupWait", entry.groupWait, { min: "0s", max: "10m" });
  const groupIntervalMs = span("groupInterval", entry.groupInterval, { min: "0s", max: "1d" });
  const rate = resolveRate(entry.rate, [...path, "rate"], scope);
  if (target === null || rate === null || groupWaitMs === null || groupIntervalMs === null) {
    return null;
  }
  const { name, match, minSeverity, sendResolved } = entry;
  return {
    ...{ name, target, matcher: resolveMatch(match), minSeverity, sendResolved, rate },
    ...{ repeatMs, groupWaitMs, groupIntervalMs },
  };
}

function resolveRate(
  text: string,
  path: Path,
  { report }: TextScope,
): ReceiverConfig["rate"] | null {
  const [, count = "", span = ""] = RATE_PATTERN.exec(text) ?? [];
  const spanMs = resolveDuration(span, { min: "1s", max: "1d" }, { path, report });
  return spanMs === null ? null : { count: Number(count), spanMs };
}

function resolveTarget(
  { path, entry }: Placed<ReceiverEntry>,
  scope: TextScope,
): ReceiverTarget | null {
  const texts = new ReceiverTexts(path, scope);
  switch (entry.kind) {
    case "webhook": {
      const url = texts.webAddress("url", entry.url);
      const secret = entry.secret === undefined ? null : texts.key("secret", entry.secret);
      return url === null || secret === undefined ? null : { kind: entry.kind, url, secret };
    }
    case "slack":
    case "discord": {
      const url = texts.webAddress("url", entry.url);
      return url && { kind: entry.kind, url };
    }
    case "ntfy": {
      const url = texts.topic("url", entry.url);
      const token = entry.token === undefined ? null : texts.token("token", entry.token);
      return url === null || token === undefined ? null : { kind: entry.kind, url, token };
    }
    case "email":
      return resolveEmail(entry, texts);
    case "log":
      return { kind: entry.kind };
  }
}

function resolveEmail(
  entry: Extract<ReceiverEntry, { kind: "email" }>,
  texts: ReceiverTexts,
): ReceiverTarget | null {
  const url = texts.mailServer("url", entry.url);
  const from = texts.mailbox(["from"], entry.from);
  const to = entry.to.map((address, index) => texts.mailbox(["to", index], address));
  const known = to.filter((address) => address !== null);
  if (url === null || from === null || known.length < to.length) return null;
  return { kind: entry.kind, url, from, to: known };
}
