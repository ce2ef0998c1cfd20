/**
 * The running process: reads environment and configuration file, starts the monitor, and ends it on SIGINT
 * and SIGTERM.
 *
 * @module
 */

import { dirname, join } from "node:path";

import project from "./deno.json" with { type: "json" };

import { AccessDesk } from "@/lib/access/access_desk.ts";
import { createMonitor, type Monitor } from "@/lib/app.ts";
import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
import { type ConfigFile, createConfigFile } from "@/lib/config/config_file.ts";
import {
  type DataFolder,
  findDataFolder,
  IN_MEMORY,
  isSameDataFolder,
} from "@/lib/config/data_folder.ts";
import { denoConfigFiles } from "@/lib/config/deno_config_files.ts";
import {
  OWN_SCENARIO_FOLDER,
  readScenarioFolders,
  SCENARIO_FOLDER,
} from "@/lib/config/deno_scenario_files.ts";
import { parseOperatorToken } from "@/lib/config/operator_token.ts";
import { reachableHosts } from "@/lib/config/reachable_hosts.ts";
import { explainRestart } from "@/lib/config/restart_reason.ts";
import { openHistory } from "@/lib/history/open_history.ts";
import { paceReader } from "@/lib/history/paced_reader.ts";
import { isLoopbackName } from "@/lib/live/origin.ts";
import { createReceiver } from "@/lib/notify/receivers/create_receiver.ts";
import { openMailer } from "@/lib/notify/receivers/mailer.ts";
import { createConsoleLog } from "@/lib/ports/console_log.ts";
import { HistoryError } from "@/lib/ports/history.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { Log } from "@/lib/ports/log.ts";
import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import { createSource } from "@/lib/sources/create_source.ts";
import { openSocket } from "@/lib/sources/open_socket.ts";
import { Poller } from "@/lib/sources/poller.ts";
import { createSocketRequest } from "@/lib/sources/socket_request.ts";
import type { SourceTools } from "@/lib/sources/source_tools.ts";
import { createTcpConnect } from "@/lib/sources/tcp_connect.ts";
import { createWebFetch } from "@/lib/sources/web_fetch.ts";
import { StatusBoard } from "@/lib/status_page/status_board.ts";
import { PROFILES } from "@/simulators/profiles.ts";
import { createSupervisor } from "@/simulators/supervisor.ts";
import { startWebWorker } from "@/simulators/web_worker.ts";
import { parseListenAddress, visitAddress } from "@/tools/listen_address.ts";
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
  const named = namedConfigPath();
  const configFile = await createConfigFile({
    path: named ?? DEFAULT_CONFIG_PATH,
    required: named !== undefined,
    files: denoConfigFiles,
    clock: SYSTEM_CLOCK,
    log,
    profiles: Object.keys(PROFILES),
    env: readVariable,
  });
  const dataFolder = findFolder(configFile.current());
  // The file may have changed since the launcher read it, or there was no launcher.
  const restart = { reason: await findRestartReason(configFile.current(), { dataFolder, log }) };
  const { retention } = configFile.current().history;
  const opened = await openHistory({ place: dataFolder, retention, clock: SYSTEM_CLOCK, log });
  const sourceTools = createSourceTools(log);
  const monitor = createMonitor({
    clock: SYSTEM_CLOCK,
    log,
    config: configFile.current(),
    ...opened,
    version: project.version,
    simulate: (services) =>
      createSupervisor({
        services,
        clock: SYSTEM_CLOCK,
        log,
        startWorker: (events) => startWebWorker(events, { log }),
      }),
    createSource: (service) => createSource(service, sourceTools),
    createReceiver: (config) =>
      createReceiver(config, { request: fetch, openMailer, log, clock: SYSTEM_CLOCK }),
    random: Math.random,
    origin: () => publicOrigin(configFile.current()),
    configProblem: () => describeProblem(configFile) ?? restart.reason,
  });
  const access = new AccessDesk({
    ...{ clock: SYSTEM_CLOCK, log, audit: monitor.audit, auth: configFile.current().auth },
    token: parseOperatorToken(Deno.env.get("VITALS_TOKEN")),
  });
  monitor.start();
  configFile.start(async (config) => {
    // Where nothing can be kept, nothing of the configuration is put in place.
    findFolder(config);
    await monitor.reconfigure(config);
    access.reconfigure(config.auth);
    restart.reason = await findRestartReason(config, { dataFolder, log });
  });
  endOnSignal(monitor, configFile, log);
  const reader = paceReader(opened.history);
  const statusPage = new StatusBoard({
    ...{ clock: SYSTEM_CLOCK, log, history: reader, source: monitor.collector },
    config: () => configFile.current(),
  });
  return toState(monitor, { reader, statusPage, access });
}

function createSourceTools(log: Log): SourceTools {
  const clock = SYSTEM_CLOCK;
  return {
    clock,
    poller: new Poller({
      ...{ clock, random: Math.random },
      onError: (error) => log.error("source broke", { reason: String(error) }),
    }),
    fetch: createWebFetch({ request: fetch, clock }),
    openFetch: (policy) => createWebFetch({ request: createSocketRequest(policy), clock }),
    connect: createTcpConnect({ open: openSocket, clock }),
  };
}

/** The first of the configured origins is the address that people know; else the one that is listened on. */
function publicOrigin({ origins }: MonitorConfig): string {
  const address = parseListenAddress({ HOST: Deno.env.get("HOST"), PORT: Deno.env.get("PORT") });
  return origins[0] ?? `http://${visitAddress(address)}`;
}

function describeProblem(configFile: ConfigFile): string | null {
  const problem = configFile.problem();
  return problem && `the last good configuration is in force: ${problem.message}`;
}

/** Deno Deploy says so to whatever runs there. */
function isOnDeploy(): boolean {
  return Boolean(readVariable("DENO_DEPLOY") || readVariable("DENO_DEPLOYMENT_ID"));
}

/** The working directory is the project's folder. On Deno Deploy no folder outlives the process. */
function findFolder({ history }: MonitorConfig): DataFolder {
  const variable = Deno.env.get("VITALS_DATA") || (isOnDeploy() ? IN_MEMORY : undefined);
  return findDataFolder({ variable, configured: history.path, project: Deno.cwd() });
}

/** What a configuration is compared with. */
interface Started {
  /** Where the history is kept. */
  readonly dataFolder: DataFolder;
  readonly log: Log;
}

/** Permissions were given for the receivers and the folder that there were at the start. */
async function findRestartReason(
  config: MonitorConfig,
  { dataFolder, log }: Started,
): Promise<string | null> {
  const hosts: string[] = [];
  for (const host of reachableHosts(config)) {
    const { state } = await Deno.permissions.query({ name: "net", host });
    if (state !== "granted") hosts.push(host);
  }
  if (hosts.length > 0) log.warn("restart needed to reach hosts", { hosts });
  const isHistoryElsewhere = !isSameDataFolder(findFolder(config), dataFolder);
  if (isHistoryElsewhere) log.warn("restart needed to keep the history elsewhere");
  return explainRestart({ hosts, isHistoryElsewhere });
}

/** What routes ask beside the monitor. */
interface Readers {
  readonly reader: HistoryReader;
  readonly statusPage: StatusBoard;
  readonly access: AccessDesk;
}

function toState(monitor: Monitor, { reader, statusPage, access }: Readers): State {
  const { hostname } = parseListenAddress({ HOST: Deno.env.get("HOST") });
  const startedAt = SYSTEM_CLOCK.now();
  return {
    monitor: monitor.collector,
    gate: monitor.gate,
    desk: monitor.desk,
    faults: monitor.faults,
    scenarios: monitor.scenarios,
    failures: monitor.failures,
    jobs: monitor.jobs,
    otlp: monitor.otlp,
    readScenarios: async () => {
      const own = join(dirname(namedConfigPath() ?? DEFAULT_CONFIG_PATH), OWN_SCENARIO_FOLDER);
      const folders = [SCENARIO_FOLDER, own];
      monitor.scenarios.offer(await readScenarioFolders(folders, Object.keys(PROFILES)));
    },
    history: reader,
    statusPage,
    hub: monitor.hub,
    access,
    audit: monitor.audit,
    now: () => SYSTEM_CLOCK.now(),
    health: () => monitor.health(),
    counts: () => monitor.counts(),
    turn: () => new Promise((resolve) => void SYSTEM_CLOCK.after(0, resolve)),
    process: () => ({ startedAt, residentBytes: Deno.memoryUsage().rss }),
    snapshot: () => monitor.hub.snapshot(),
    // There the platform listens, under a name of the web.
    listensOnLoopback: !isOnDeploy() &&
      isLoopbackName(hostname.includes(":") ? `[${hostname}]` : hostname),
  };
}

/** The configuration file that the environment names, if it does. */
function namedConfigPath(): string | undefined {
  return Deno.env.get("VITALS_CONFIG") || undefined;
}

/** Permissions were given for the variables that the file named at the start. */
function readVariable(name: string): string | null | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return null;
    throw error;
  }
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

/** Says why there is no monitor, and ends the process: in a few lines if somebody can mend it. */
function giveUp(error: unknown): never {
  // deno-lint-ignore no-console -- the last words of a process that could not start
  console.error(lastWords(error));
  Deno.exit(1);
}

/** A RangeError: what the environment asks for cannot be. */
function lastWords(error: unknown): string {
  if (error instanceof ConfigError) return formatConfigError(error);
  if (error instanceof RangeError || error instanceof HistoryError) return error.message;
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
