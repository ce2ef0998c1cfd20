/**
 * What a parsed configuration says, as the rest of Vitals takes it. Reading and checking the file is
 * `lib/config`'s matter; nothing here can be wrong any more.
 *
 * @module
 */

import type { FlapPolicy } from "@/lib/domain/flapping.ts";
import type { MaintenanceWindow } from "@/lib/domain/maintenance.ts";
import type { Matcher } from "@/lib/domain/matcher.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Retention } from "@/lib/domain/retention.ts";
import type { Rule } from "@/lib/domain/rule.ts";
import type { Scope } from "@/lib/protocol/access_table.ts";

import type { Secret } from "./secret.ts";
import type { SourceConfig } from "./source_config.ts";
import type { SourcesConfig } from "./sources_config.ts";

/** One service that configuration lists. */
export interface ServiceConfig {
  /** Unique: 1 to 64 of `a-z 0-9 . _ -`, but not `.` or `..`. */
  readonly name: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** Services it needs; all are listed too. */
  readonly dependsOn: readonly string[];
  /** Where its samples come from. */
  readonly source: SourceConfig;
  /** All rules that apply to it, its own overrides already merged in. */
  readonly rules: readonly Rule[];
}

/** Where a receiver's messages go. */
export type ReceiverTarget =
  /** JSON to an address, signed after Standard Webhooks if there is a key. */
  | {
    readonly kind: "webhook";
    readonly url: Secret;
    /** The signing key, as `whsec_` and base64; `null` for none. */
    readonly secret: Secret | null;
  }
  /** An incoming webhook of Slack, or of what understands its messages. */
  | { readonly kind: "slack"; readonly url: Secret }
  /** A webhook of a Discord channel. */
  | { readonly kind: "discord"; readonly url: Secret }
  /** A topic of an ntfy server. */
  | {
    readonly kind: "ntfy";
    /** The server and the topic, such as `https://ntfy.sh/my-topic`. */
    readonly url: Secret;
    /** An access token; `null` for none. */
    readonly token: Secret | null;
  }
  /** Mail through an SMTP server. */
  | {
    readonly kind: "email";
    /** The server: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…:465`. */
    readonly url: Secret;
    readonly from: string;
    /** At least one. */
    readonly to: readonly string[];
  }
  /** A line in Vitals' own log. */
  | { readonly kind: "log" };

/** One receiver. */
export interface ReceiverConfig {
  /** Unique among the receivers. */
  readonly name: string;
  /** Where it goes. */
  readonly target: ReceiverTarget;
  /** Which alerts it is for; of severity too, see `minSeverity`. */
  readonly matcher: Matcher;
  /** `"critical"` leaves warnings out. */
  readonly minSeverity: "warning" | "critical";
  /** How long after the last message one reminds of what still fires; `null` for never. */
  readonly repeatMs: number | null;
  /** How long the first message waits for what fails together, in milliseconds. */
  readonly groupWaitMs: number;
  /** How long after a message further alerts of the same incident are told, in milliseconds. */
  readonly groupIntervalMs: number;
  /** Whether it is told when all is well again. */
  readonly sendResolved: boolean;
  /** At most `count` messages in any `spanMs`; more wait. */
  readonly rate: { readonly count: number; readonly spanMs: number };
}

/** Which alerts a receiver is told of; nothing of it is secret. */
export type ReceiverRoute = Pick<ReceiverConfig, "name" | "matcher" | "minSeverity">;

/** What holds for alerts as a whole. */
export interface AlertingConfig {
  /** When an alert counts as flapping. */
  readonly flapping: FlapPolicy;
  /**
   * How long after the return of a service those that depend on it may take to recover before they are
   * told of, in milliseconds.
   */
  readonly parentGraceMs: number;
}

/** Bounds (DESIGN.md: everything is bounded). */
export interface Limits {
  /** How many services may exist. @default {10000} */
  readonly services: number;
  /** Longest request body, in bytes. @default {1048576} */
  readonly bodyBytes: number;
  /** Whether a sample of an unknown service adds that service. @default {true} */
  readonly autoRegister: boolean;
}

/** What is kept of the past. */
export interface HistoryConfig {
  /** The folder, as the file names it, or `":memory:"`; `null` for the usual one. */
  readonly path: string | null;
  /** How long; no tier is kept shorter than the finer one before it. */
  readonly retention: Retention;
}

/** Services of the status page under one heading. */
export interface StatusGroupConfig {
  /** The heading, unique among the groups. */
  readonly name: string;
  /** Names of services in order, `*` standing for any run of characters; at least one. */
  readonly services: readonly string[];
}

/** What people outside of the team are shown. */
export interface StatusPageConfig {
  /** Whether there is a status page, with its feeds and badges. */
  readonly enabled: boolean;
  /** What it is called. */
  readonly title: string;
  /** A sentence below the title; may be empty. */
  readonly description: string;
  /** Names of the services shown, in order, `*` standing for any run of characters. */
  readonly services: readonly string[];
  /** Services under headings; by default none, then tags are the headings. */
  readonly groups: readonly StatusGroupConfig[];
  /** What services are called in public, by their names. */
  readonly names: ReadonlyMap<string, string>;
  /** What maintenance windows are for, in words for the public, by their names. */
  readonly maintenance: ReadonlyMap<string, string>;
}

/** Which web pages of other sites may read. */
export interface CorsConfig {
  /** Their origins as browsers write them, at most 32; `"*"` for all there are. @default {[]} */
  readonly origins: ReadOrigins;
}

/** Origins of pages that may read; `"*"` for all. */
export type ReadOrigins = "*" | readonly string[];

/** A token that configuration lists. */
export interface TokenConfig {
  /** Unique among the tokens. */
  readonly name: string;
  /** The SHA-256 of the token: 64 small hexadecimal digits. No two tokens have the same. */
  readonly sha256: string;
  /** What it is good for; at least one. */
  readonly scopes: readonly Scope[];
}

/**
 * Whose word counts about where a request came from: nobody's; that of so many proxies before Vitals; or that
 * of proxies with these addresses, each a single one or a range such as `"10.0.0.0/8"`.
 */
export type TrustProxy = false | number | readonly string[];

/** Who may do what. */
export interface AuthConfig {
  /** The tokens, beside that of the environment. */
  readonly tokens: readonly TokenConfig[];
  /** Whether everybody may read, although there are tokens. */
  readonly publicReads: boolean;
  /** Whose word counts about where a request came from. */
  readonly trustProxy: TrustProxy;
  /** How long a session lasts at most, in milliseconds. */
  readonly sessionMs: number;
}

/** A whole configuration. */
export interface MonitorConfig {
  /** The built-in metrics and those that configuration adds. */
  readonly metrics: readonly Metric[];
  /** The services known from the start, in the order of the file. */
  readonly services: readonly ServiceConfig[];
  /** Rules for services that configuration does not list. */
  readonly rules: readonly Rule[];
  /** The bounds. */
  readonly limits: Limits;
  /** Who is told. None is there twice by name. */
  readonly receivers: readonly ReceiverConfig[];
  /** When not to tell. None is there twice by name. */
  readonly maintenance: readonly MaintenanceWindow[];
  /** What holds for alerts as a whole. */
  readonly alerting: AlertingConfig;
  /**
   * Origins of web pages that may write and open the live socket, beside pages of the address that Vitals
   * itself is reached at: such as `"https://vitals.example.com"`, its public one behind a reverse proxy.
   * None is there twice; each is written as browsers send it. At most 32; by default none.
   */
  readonly origins: readonly string[];
  /** Which web pages of other sites may read. */
  readonly cors: CorsConfig;
  /** What is kept of the past. */
  readonly history: HistoryConfig;
  /** What holds for sources, by kind. */
  readonly sources: SourcesConfig;
  /** What people outside of the team are shown. */
  readonly status: StatusPageConfig;
  /** Who may do what. */
  readonly auth: AuthConfig;
}
