/**
 * Turns receivers as the file has them into receivers that can be told, with what the environment holds. No
 * message says what a secret is, neither as it stands in the file nor as it came from the environment.
 *
 * @module
 */

import type { ReceiverConfig, ReceiverTarget } from "@/lib/ports/monitor_config.ts";
import { Secret } from "@/lib/ports/secret.ts";

import type { Path } from "./config_error.ts";
import type { Placed } from "./entries.ts";
import type { ReceiverEntry } from "./entry_types.ts";
import { type DurationBounds, resolveDuration } from "./resolve_durations.ts";
import { resolveMatch } from "./resolve_match.ts";
import type { Report } from "./resolve_rule.ts";
import { RATE_PATTERN } from "./schema_receivers.ts";

/** Reads a variable of the environment; `undefined` if it is not set. */
export type ReadVariable = (name: string) => string | undefined;

/** What receivers are resolved against. */
export interface ReceiverScope {
  /** The environment. */
  readonly env: ReadVariable;
  /** Where to say what is wrong. */
  readonly report: Report;
}

/** A variable in a text. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Returns the names of the variables that a text stands on. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = ""]) => name);
}

/** Returns the receiver that an entry stands for; `null`, with the reason reported, if there is none. */
export function resolveReceiver(
  { path, entry }: Placed<ReceiverEntry>,
  scope: ReceiverScope,
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
  { report }: ReceiverScope,
): ReceiverConfig["rate"] | null {
  const [, count = "", span = ""] = RATE_PATTERN.exec(text) ?? [];
  const spanMs = resolveDuration(span, { min: "1s", max: "1d" }, { path, report });
  return spanMs === null ? null : { count: Number(count), spanMs };
}

const WEB = ["http:", "https:"];
const MAIL = ["smtp:", "smtps:"];

function resolveTarget(
  { path, entry }: Placed<ReceiverEntry>,
  scope: ReceiverScope,
): ReceiverTarget | null {
  const texts = new Texts(path, scope);
  switch (entry.kind) {
    case "webhook": {
      const url = texts.address("url", entry.url, WEB);
      const secret = entry.secret === undefined ? null : texts.key("secret", entry.secret);
      return url === null || secret === undefined ? null : { kind: entry.kind, url, secret };
    }
    case "slack":
    case "discord": {
      const url = texts.address("url", entry.url, WEB);
      return url && { kind: entry.kind, url };
    }
    case "ntfy": {
      const url = texts.topic("url", entry.url);
      const token = entry.token === undefined ? null : texts.secret("token", entry.token);
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
  texts: Texts,
): ReceiverTarget | null {
  const url = texts.address("url", entry.url, MAIL);
  const from = texts.mailbox(["from"], entry.from);
  const to = entry.to.map((address, index) => texts.mailbox(["to", index], address));
  const known = to.filter((address) => address !== null);
  if (url === null || from === null || known.length < to.length) return null;
  return { kind: entry.kind, url, from, to: known };
}

/** Reads the texts of one receiver. What is `null` or `undefined` was reported. */
class Texts {
  readonly #path: Path;
  readonly #scope: ReceiverScope;

  constructor(path: Path, scope: ReceiverScope) {
    this.#path = path;
    this.#scope = scope;
  }

  /** An address with one of some protocols. */
  address(key: string, text: string, protocols: readonly string[]): Secret | null {
    const filled = this.#fill([key], text);
    if (filled === null) return null;
    const url = URL.parse(filled);
    const names = protocols.map((protocol) => `${protocol}//`).join(" or ");
    if (url === null || !protocols.includes(url.protocol) || url.hostname === "") {
      return this.#refuse([key], `must be an address that begins with ${names}`);
    }
    if (url.hash !== "") return this.#refuse([key], "must be an address without a #fragment");
    return new Secret(filled);
  }

  /** The address of a topic. */
  topic(key: string, text: string): Secret | null {
    const url = this.address(key, text, WEB);
    if (url === null || new URL(url.reveal()).pathname.replaceAll("/", "") !== "") return url;
    return this.#refuse([key], "must name a topic, as in https://ntfy.sh/my-topic");
  }

  /** A signing key. */
  key(key: string, text: string): Secret | undefined {
    const filled = this.#fill([key], text);
    if (filled === null) return undefined;
    if (isSigningKey(filled)) return new Secret(filled);
    const message = 'must be "whsec_" and 24 to 64 bytes in base64';
    return this.#refuse([key], message) ?? undefined;
  }

  /** Any secret. */
  secret(key: string, text: string): Secret | undefined {
    const filled = this.#fill([key], text);
    return filled === null ? undefined : new Secret(filled);
  }

  /** An address of mail, perhaps with a name before it. */
  mailbox(path: Path, text: string): string | null {
    const filled = this.#fill(path, text);
    if (filled === null || /^(?:[^<>@]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(filled)) return filled;
    return this.#refuse(path, 'must be an address such as "Ops <ops@example.com>"');
  }

  #fill(path: Path, text: string): string | null {
    const missing = variablesIn(text).filter((name) => !this.#scope.env(name));
    for (const name of new Set(missing)) {
      this.#refuse(path, `the environment has no ${name}`);
    }
    if (missing.length > 0) return null;
    return text.replace(VARIABLE, (_, name: string) => this.#scope.env(name) ?? "");
  }

  #refuse(path: Path, message: string): null {
    this.#scope.report([...this.#path, ...path], message);
    return null;
  }
}

function isSigningKey(text: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (encoded === undefined) return false;
  try {
    const { length } = Uint8Array.fromBase64(encoded);
    return length >= 24 && length <= 64;
  } catch {
    return false;
  }
}
