/**
 * Starts a scenario on a running Vitals and follows it to its end.
 *
 * @module
 */

import type { ScenarioEvent } from "@/lib/domain/scenario.ts";
import { type Clock, sleep } from "@/lib/ports/clock.ts";
import type { ScenarioRunView } from "@/lib/ports/scenario_desk.ts";

import { formatEvent, formatVerdict } from "./scenario_text.ts";

/** What is followed, and how. */
export interface FollowOptions {
  /** The scenario. */
  readonly name: string;
  /** Where Vitals is. */
  readonly url: URL;
  /** Sends a request. */
  readonly request: typeof fetch;
  /** The token of operators; `undefined` for none. */
  readonly token: string | undefined;
  /** Takes a line for people. */
  readonly print: (line: string) => void;
  /** Times the looks. */
  readonly clock: Clock;
}

/** The answer to `GET /api/scenarios/current`, from a Vitals that is trusted as far as its user does. */
export interface RunAnswer extends ScenarioRunView {
  /** What came of it so far, by time. */
  readonly events: readonly ScenarioEvent[];
}

/** It is looked at this often, in milliseconds. */
const LOOK_MS = 1_000;

/**
 * Starts it and prints a line for each moment, until it ends; tells whether all came as expected.
 *
 * @throws {Error} If it cannot be started or followed, with a line of what to do.
 */
export async function followScenario(options: FollowOptions): Promise<boolean> {
  const { name, print, clock } = options;
  const begun = await ask(options, "POST", { name });
  print(`${name}: ${begun.summary}`);
  const { signal } = new AbortController();
  const printed = new Set<string>();
  for (let view = begun;; view = await ask(options, "GET")) {
    for (const event of view.events ?? []) printOnce(event, printed, print);
    if (view.state !== "running" && view.state !== "paused") return conclude(view, print);
    await sleep(clock, LOOK_MS, { signal });
  }
}

function printOnce(
  event: ScenarioEvent,
  printed: Set<string>,
  print: (line: string) => void,
): void {
  const key = JSON.stringify(event);
  if (printed.has(key)) return;
  printed.add(key);
  const line = formatEvent(event);
  if (line !== null) print(line);
}

function conclude({ state, differences }: RunAnswer, print: (line: string) => void): boolean {
  print(state === "stopped" ? "Stopped before its end" : formatVerdict(differences));
  return state === "passed";
}

async function ask(
  options: FollowOptions,
  method: "GET" | "POST",
  body?: { readonly name: string },
): Promise<RunAnswer> {
  const { request, url, token } = options;
  const response = await request(new URL("/api/scenarios/current", url), {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause) => {
    const advice = "start one with `deno task start`, or play it with --fast";
    throw new Error(`Cannot play on ${url.origin}: no Vitals answers there; ${advice}`, { cause });
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const reason = answer.detail ?? answer.title ?? `HTTP ${response.status}`;
  throw new Error(`Cannot play "${options.name}" on ${url.origin}: ${reason}`);
}
