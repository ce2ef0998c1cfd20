/**
 * Starts the scenario of the demo, and says what came of it in words.
 *
 * @module
 */

import * as words from "@/texts/talk.ts";

import { isRecord } from "../api_answers.ts";
import { type ApiOptions, callApi, type Failure } from "../api_client.ts";

/** The scenario that the talk shows. */
export const DEMO_SCENARIO = "monday-morning";

/** Starts the scenario. Returns what to tell the audience; it never rejects. */
export async function startScenario(options: ApiOptions = {}): Promise<string> {
  const body = { name: DEMO_SCENARIO };
  const answer = await callApi({ method: "POST", path: "/api/scenarios/current", body }, options);
  if (answer.kind !== "done") return describeFailure(answer);
  const { value } = answer;
  return describeRun(isRecord(value) ? value.durationMs : undefined);
}

function describeFailure(failure: Failure): string {
  if (failure.kind === "unreachable") return words.noAnswer;
  switch (failure.status) {
    case 401:
      return words.signInFirst;
    case 404:
    case 405:
      return words.noScenario(DEMO_SCENARIO);
    default:
      return words.didNotStart(shorten(failure.detail));
  }
}

/** Returns the reason alone. */
function shorten(detail: string): string {
  return detail.replace(/^Cannot do that: /, "").replace(/\.$/, "");
}

function describeRun(durationMs: unknown): string {
  if (typeof durationMs !== "number" || !(durationMs > 0)) return words.runs(DEMO_SCENARIO);
  const minutes = durationMs / 60_000;
  return minutes < 1
    ? words.runsSeconds(DEMO_SCENARIO, `${Math.round(durationMs / 1_000)}`)
    : words.runsMinutes(DEMO_SCENARIO, `${Number(minutes.toFixed(1))}`);
}
