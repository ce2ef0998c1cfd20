/**
 * The host agent: sends CPU and memory of the machine it runs on to Vitals, for ever. See `docs/agent.md`.
 *
 * @module
 */

import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";

import { OS_CPUS, PROC_STAT } from "./cpu.ts";
import { type AgentFlags, parseAgentFlags, toServiceName, USAGE } from "./flags.ts";
import { createHostReadings, firstReadable } from "./host_readings.ts";
import { createLineLog } from "./line_log.ts";
import { PROC_MEMINFO, SYSTEM_MEMORY } from "./memory.ts";
import { createPush } from "./push.ts";
import { runAgent } from "./run.ts";

/** The exit code for wrong arguments, as shells use it. */
const USAGE_ERROR = 2;

if (import.meta.main) main(Deno.args);

async function main(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags === null) Deno.exit(USAGE_ERROR);
  if (flags.kind === "help") return write(Deno.stdout, `${USAGE}\n`);
  await run(flags);
}

function readFlags(args: readonly string[]): AgentFlags | null {
  try {
    return parseAgentFlags(args);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    write(Deno.stderr, `${error.message}\n`);
    return null;
  }
}

async function run({ url, service, intervalMs }: AgentFlags & { kind: "run" }): Promise<void> {
  const clock = SYSTEM_CLOCK;
  const log = createLineLog({ clock, write: (line) => write(Deno.stderr, line) });
  const name = service ?? toServiceName(Deno.hostname());
  log.info("started", { service: name, url: url.origin + url.pathname, intervalMs });
  const counts = await runAgent({
    service: name,
    intervalMs,
    clock,
    log,
    readings: createHostReadings({
      cpu: await firstReadable([PROC_STAT, OS_CPUS]),
      memory: await firstReadable([PROC_MEMINFO, SYSTEM_MEMORY]),
      log,
    }),
    push: createPush({ url, token: Deno.env.get("VITALS_TOKEN")?.trim() || null }),
    random: Math.random,
    signal: untilStopped(),
  });
  log.info("stopped", { ...counts });
}

/** Returns a signal that a first Ctrl+C or kill sets off; a second one ends the process as usual. */
function untilStopped(): AbortSignal {
  const stop = new AbortController();
  const signals: readonly Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM"];
  function onSignal(): void {
    for (const signal of signals) Deno.removeSignalListener(signal, onSignal);
    stop.abort();
  }
  for (const signal of signals) Deno.addSignalListener(signal, onSignal);
  return stop.signal;
}

function write(stream: typeof Deno.stdout | typeof Deno.stderr, text: string): void {
  stream.writeSync(new TextEncoder().encode(text));
}
