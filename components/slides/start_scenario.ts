/**
 * Starts the scenario of the demo, and says what came of it in words.
 *
 * @module
 */

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
  return `${DEMO_SCENARIO} runs${isRecord(value) ? formatLength(value.durationMs) : ""}.`;
}

function describeFailure(failure: Failure): string {
  if (failure.kind === "unreachable") return "Vitals did not answer, so nothing was started.";
  switch (failure.status) {
    case 401:
      return "Sign in on the dashboard first: only who is signed in starts a scenario.";
    case 404:
    case 405:
      return `This Vitals has no scenario ${DEMO_SCENARIO}. The simulated services go on by themselves.`;
    default:
      return `The scenario did not start: ${shorten(failure.detail)}.`;
  }
}

/** Returns the reason alone. */
function shorten(detail: string): string {
  return detail.replace(/^Cannot do that: /, "").replace(/\.$/, "");
}

function formatLength(durationMs: unknown): string {
  if (typeof durationMs !== "number" || !(durationMs > 0)) return "";
  const minutes = durationMs / 60_000;
  return minutes < 1
    ? `, ${Math.round(durationMs / 1_000)} s long`
    : `, ${Number(minutes.toFixed(1))} min long`;
}
