/**
 * The configuration as a file that may change while Vitals runs: a good change is handed on, a bad one
 * never stops anything. Knows no file system; see `deno_config_files.ts`.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";

import { ConfigError, type ConfigIssue, formatConfigError } from "./config_error.ts";
import { decodeConfig } from "./jsonc_document.ts";
import { DEFAULT_CONFIG, parseConfig } from "./parse_config.ts";
import type { ReadVariable } from "./variables.ts";

/** A watch that was begun. */
export interface ConfigWatch {
  /** Ends it; no call comes after. A second call does nothing. */
  stop(): Promise<void>;
}

/** The port to the file system. */
export interface ConfigFiles {
  /**
   * Returns what the file holds, cut off somewhere beyond `MAX_CONFIG_BYTES`; `null` if there is no such
   * file.
   *
   * @throws {Error} If it is there but cannot be read.
   */
  read(path: string): Promise<Uint8Array | null>;
  /**
   * Calls `onEvent` whenever the file may have changed, appeared or gone. May miss some and call too often.
   *
   * @throws {Error} If it cannot be watched.
   */
  watch(path: string, onEvent: () => void): ConfigWatch;
}

/** Options for {@linkcode createConfigFile}. */
export interface ConfigFileOptions {
  /** The file. */
  readonly path: string;
  /** Whether the file must be there at the start, as when it was named on purpose. */
  readonly required: boolean;
  /** The file system. */
  readonly files: ConfigFiles;
  /** Tells since when there is a problem, and delays reading. */
  readonly clock: Clock;
  /** Takes each change and each refusal. */
  readonly log: Log;
  /**
   * Names of the profiles that can be simulated.
   *
   * @default {undefined} Any name will do.
   */
  readonly profiles?: readonly string[] | undefined;
  /**
   * The environment, for what `${NAME}` stands for in the file.
   *
   * @default {undefined} Nothing is set.
   */
  readonly env?: ReadVariable | undefined;
  /**
   * How long the file must be left alone before it is read, in milliseconds: editors write in steps.
   *
   * @default {100}
   */
  readonly debounceMs?: number;
  /**
   * How often the file is read even if no change was noticed, in milliseconds: network file systems, and
   * links to files elsewhere, change unnoticed.
   *
   * @default {10000}
   */
  readonly pollMs?: number;
}

/** What is wrong with the file while an earlier configuration stays in force. */
export interface ConfigProblem {
  /** When the file was first found bad after it had last been found good. */
  readonly since: Instant;
  /** Everything that is wrong, as lines for people. */
  readonly message: string;
  /** Everything that is wrong; at least one. */
  readonly issues: readonly ConfigIssue[];
}

/** Takes a new configuration. If it throws, the configuration counts as refused. */
export type OnConfigChange = (config: MonitorConfig) => void | Promise<void>;

/** A configuration that is kept up to date. */
export interface ConfigFile {
  /** Returns the configuration in force: the last good one. */
  current(): MonitorConfig;
  /** Returns what is wrong with the file now; `null` if it says what is in force. */
  problem(): ConfigProblem | null;
  /** Begins to watch; each different good configuration is handed over once. A second call does nothing. */
  start(onChange: OnConfigChange): void;
  /** Ends and awaits what was started; nothing is handed over after. A second call does nothing more. */
  stop(): Promise<void>;
}

/** What was found when the file was read. */
type Reading =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unusable"; readonly error: ConfigError };

/**
 * Reads the configuration for the first time. A file that is not there stands for the default
 * configuration unless it is `required`.
 *
 * @throws {ConfigError} If the file is wrong, cannot be read, or is missing although required.
 */
export async function createConfigFile(options: ConfigFileOptions): Promise<ConfigFile> {
  const reading = await read(options);
  if (reading.kind === "unusable") throw reading.error;
  if (reading.kind === "missing") {
    if (options.required) throw missing(options.path);
    return new WatchedConfigFile(options, reading, DEFAULT_CONFIG);
  }
  return new WatchedConfigFile(options, reading, parse(reading.text, options));
}

class WatchedConfigFile implements ConfigFile {
  readonly #options: ConfigFileOptions;
  #config: MonitorConfig;
  #problem: ConfigProblem | null = null;
  /** What `#config` was made of; `null` for the default configuration. */
  #goodText: string | null;
  /** What was found last; only something else is looked at again. */
  #last: Reading;
  #onChange: OnConfigChange | null = null;
  #watch: ConfigWatch | null = null;
  #cancelRead: Cancel = () => {};
  #cancelPoll: Cancel = () => {};
  /** The checks that were begun, one after the other. Never rejects. */
  #checks: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ConfigFileOptions, reading: Reading, config: MonitorConfig) {
    this.#options = options;
    this.#config = config;
    this.#goodText = reading.kind === "text" ? reading.text : null;
    this.#last = reading;
  }

  current(): MonitorConfig {
    return this.#config;
  }

  problem(): ConfigProblem | null {
    return this.#problem;
  }

  start(onChange: OnConfigChange): void {
    if (this.#onChange !== null || this.#stopped) return;
    this.#onChange = onChange;
    const { files, path, log, clock, debounceMs = 100 } = this.#options;
    try {
      this.#watch = files.watch(path, () => {
        this.#cancelRead();
        if (!this.#stopped) this.#cancelRead = clock.after(debounceMs, () => this.#check());
      });
    } catch (error) {
      log.warn("config not watched, only polled", { path, reason: reasonOf(error) });
    }
    // What changed since the first reading was not watched yet.
    this.#poll();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRead();
    this.#cancelPoll();
    await this.#watch?.stop();
    await this.#checks;
  }

  #poll(): void {
    const { clock, pollMs = 10_000 } = this.#options;
    this.#check();
    this.#cancelPoll = clock.after(pollMs, () => this.#poll());
  }

  #check(): void {
    this.#checks = this.#checks.then(async () => {
      const reading = await read(this.#options);
      if (this.#stopped || isSame(reading, this.#last)) return;
      this.#last = reading;
      await this.#take(reading);
    });
  }

  async #take(reading: Reading): Promise<void> {
    switch (reading.kind) {
      case "unusable":
        return this.#refuse(reading.error);
      case "missing":
        if (this.#goodText === null) return this.#settle();
        return this.#refuse(missing(this.#options.path));
      case "text":
        if (reading.text === this.#goodText) return this.#settle();
        return await this.#apply(reading.text);
    }
  }

  async #apply(text: string): Promise<void> {
    try {
      const config = parse(text, this.#options);
      await this.#onChange?.(config);
      this.#config = config;
      this.#goodText = text;
    } catch (error) {
      return this.#refuse(toConfigError(error, this.#options.path));
    }
    const { services, rules } = this.#config;
    const { log, path } = this.#options;
    log.info("config changed", { path, services: services.length, rules: rules.length });
    this.#problem = null;
  }

  #refuse(error: ConfigError): void {
    const { clock, log, path } = this.#options;
    const since = this.#problem?.since ?? clock.now();
    this.#problem = { since, message: formatConfigError(error), issues: error.issues };
    log.error("config refused, the last good one stays", { path, issues: error.issues });
  }

  /** The file says again what is in force. */
  #settle(): void {
    if (this.#problem !== null) {
      this.#options.log.info("config good again", { path: this.#options.path });
    }
    this.#problem = null;
  }
}

/** Never throws: a file that cannot be read is a finding like any other. */
async function read({ files, path }: ConfigFileOptions): Promise<Reading> {
  try {
    const bytes = await files.read(path);
    return bytes === null ? { kind: "missing" } : { kind: "text", text: decodeConfig(bytes) };
  } catch (error) {
    return { kind: "unusable", error: toConfigError(error, path) };
  }
}

function parse(text: string, { path, profiles, env }: ConfigFileOptions): MonitorConfig {
  try {
    return parseConfig(text, { profiles, env });
  } catch (error) {
    throw toConfigError(error, path);
  }
}

function isSame(one: Reading, other: Reading): boolean {
  if (one.kind === "text") return other.kind === "text" && one.text === other.text;
  if (one.kind === "missing") return other.kind === "missing";
  return other.kind === "unusable" && one.error.message === other.error.message;
}

function missing(path: string): ConfigError {
  return withMessage("there is no such file", { file: path });
}

function toConfigError(error: unknown, path: string): ConfigError {
  if (error instanceof ConfigError) {
    return new ConfigError(error.issues, { file: path, cause: error.cause });
  }
  return withMessage(reasonOf(error), { file: path, cause: error });
}

function withMessage(
  message: string,
  options: { readonly file: string; readonly cause?: unknown },
): ConfigError {
  return new ConfigError([{ path: "", message, position: null }], options);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
