/**
 * The running process: reads environment and configuration file, starts the monitor, and ends it on SIGINT
 * and SIGTERM.
 *
 * @module
 */

import project from "./deno.json" with { type: "json" };

import { createMonitor, type Monitor } from "@/lib/app.ts";
import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
import { type ConfigFile, createConfigFile } from "@/lib/config/config_file.ts";
import { denoConfigFiles } from "@/lib/config/deno_config_files.ts";
import { isLoopbackName } from "@/lib/live/origin.ts";
import { createReceiver } from "@/lib/notify/receivers/create_receiver.ts";
import { openMailer } from "@/lib/notify/receivers/mailer.ts";
import { createConsoleLog } from "@/lib/ports/console_log.ts";
import type { Log } from "@/lib/ports/log.ts";
import { Secret } from "@/lib/ports/secret.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { createSupervisor } from "@/simulators/supervisor.ts";
import { startWebWorker } from "@/simulators/web_worker.ts";
import { parseListenAddress } from "@/tools/listen_address.ts";
import type { State } from "@/utils.ts";

/** The configuration file if the environment names none; the built-in defaults serve if it is missing. */
export const DEFAULT_CONFIG_PATH = "vitals.config.jsonc";

/** How long ending may take, in milliseconds; after that the process ends anyhow. */
const STOP_LIMIT_MS = 4_000;

/** A monitor that is starting. */
export interface Runtime {
  /** What routes need, once it is there. Never rejects: a bad start ends the process. */
  readonly state: Promise<State>;
  readonly log: Log;
}

/** Starts the monitor that the environment asks for (see README, "Configuration"). */
export function startRuntime(): Runtime {
  const log = createConsoleLog({ clock: SYSTEM_CLOCK });
  return { state: startMonitor(log).catch(giveUp), log };
}

async function startMonitor(log: Log): Promise<State> {
  const named = Deno.env.get("VITALS_CONFIG") || undefined;
  const configFile = await createConfigFile({
    path: named ?? DEFAULT_CONFIG_PATH,
    required: named !== undefined,
    files: denoConfigFiles,
    clock: SYSTEM_CLOCK,
    log,
    profiles: Object.keys(PROFILES),
    env: readVariable,
  });
  const monitor = createMonitor({
    clock: SYSTEM_CLOCK,
    log,
    config: configFile.current(),
    version: project.version,
    simulate: (services) =>
      createSupervisor({
        services,
        clock: SYSTEM_CLOCK,
        log,
        startWorker: (events) => startWebWorker(events, { log }),
      }),
    createReceiver: (config) =>
      createReceiver(config, { request: fetch, openMailer, log, clock: SYSTEM_CLOCK }),
    random: Math.random,
    origin: () => null,
    configProblem: () => configFile.problem()?.message ?? null,
  });
  monitor.start();
  configFile.start((config) => monitor.reconfigure(config));
  endOnSignal(monitor, configFile, log);
  return toState(monitor);
}

function toState(monitor: Monitor): State {
  const { hostname } = parseListenAddress({ HOST: Deno.env.get("HOST") });
  return {
    monitor: monitor.collector,
    desk: monitor.desk,
    hub: monitor.hub,
    operatorToken: readToken(Deno.env.get("VITALS_TOKEN")),
    now: () => SYSTEM_CLOCK.now(),
    health: () => monitor.health(),
    snapshot: () => monitor.hub.snapshot(),
    listensOnLoopback: isLoopbackName(hostname.includes(":") ? `[${hostname}]` : hostname),
  };
}

/** A variable that the server was not given when it started is one that is not set. */
function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** An empty variable is one that is not set. */
function readToken(text: string | undefined): Secret | null {
  return text ? new Secret(text) : null;
}

function endOnSignal(monitor: Monitor, configFile: ConfigFile, log: Log): void {
  let ending = false;
  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    // Whatever hangs, the process must be gone before its platform loses patience.
    SYSTEM_CLOCK.after(STOP_LIMIT_MS, () => Deno.exit(1));
    log.info("stopping");
    await Promise.all([configFile.stop(), monitor.stop()]);
    // Close frames leave with the next turns of the event loop.
    SYSTEM_CLOCK.after(50, () => Deno.exit(0));
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => void end());
  }
}

/** Says why there is no monitor, in a few lines, and ends the process. */
function giveUp(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  // deno-lint-ignore no-console -- the last words of a process that could not start
  console.error(formatConfigError(error));
  Deno.exit(1);
}
