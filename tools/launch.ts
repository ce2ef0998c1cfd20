/**
 * Running Deno as a child that lives no longer than this process and ends as it does.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

import type { Environment } from "./listen_address.ts";
import { readServerNeeds, type ServerNeeds } from "./server_needs.ts";

/** Arguments of one run of Deno. */
export type DenoArguments = readonly string[];

const PROJECT = fileURLToPath(new URL("../", import.meta.url));

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/** How often to see whether the process that started this one is still there, in milliseconds. */
const PARENT_CHECK_MS = 500;

/**
 * Runs what the environment asks for in the project's folder, one after the other, and exits with the code
 * of the last. What the environment asks for wrongly is said in one line.
 */
export async function launch(
  plan: (env: Environment, project: string, needs: ServerNeeds) => readonly DenoArguments[],
): Promise<never> {
  try {
    const env = readEnvironment();
    const needs = readServerNeeds({
      project: PROJECT,
      config: env.VITALS_CONFIG,
      read: (path) => Deno.readTextFileSync(path),
      env: (name) => Deno.env.get(name),
    });
    Deno.exit(await runInTurn(plan(env, PROJECT, needs)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // deno-lint-ignore no-console -- the last words of a process that could not start
    console.error(error.message);
    Deno.exit(1);
  }
}

function readEnvironment(): Environment {
  const names = ["HOST", "PORT", "VITALS_CONFIG", "VITALS_DATA"];
  return Object.fromEntries(names.map((name) => [name, Deno.env.get(name)]));
}

/** Ends after the first that fails, or once this process is to end. */
async function runInTurn(commands: readonly DenoArguments[]): Promise<number> {
  let child: Deno.ChildProcess | undefined;
  let ending = false;
  onEnd(() => {
    ending = true;
    if (child !== undefined) askToEnd(child);
  });
  let code = 0;
  for (const args of commands) {
    child = spawnDeno(args);
    ({ code } = await child.status);
    if (code !== 0 || ending) break;
  }
  return code;
}

/** Its standard input says nothing, and ends when this process ends, even by SIGKILL. */
function spawnDeno(args: DenoArguments): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args: [...args], cwd: PROJECT, stdin: "piped" })
    .spawn();
}

/** Calls back when a signal came, or when whoever started this is gone and can send none. */
function onEnd(run: () => void): void {
  for (const signal of SIGNALS) Deno.addSignalListener(signal, run);
  const parent = Deno.ppid;
  setInterval(() => {
    if (Deno.ppid !== parent) run();
  }, PARENT_CHECK_MS);
}

/** By SIGINT, whatever came: `deno run --watch` takes SIGTERM for the end of one run only. */
function askToEnd(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGINT");
  } catch (error) {
    // It has ended already, by itself or because a terminal sends signals to all.
    if (!(error instanceof TypeError)) throw error;
  }
}
