/**
 * Starts the scenario of the demo, and says what came of it in words.
 *
 * @module
 */

/** The scenario that the talk shows. */
export const DEMO_SCENARIO = "monday-morning";

/** Sends the request that starts a scenario. */
export type SendStart = (path: string, init: RequestInit) => Promise<Response>;

/** Starts the scenario. Returns what to tell the audience; it never rejects. */
export async function startScenario(send: SendStart, token: string): Promise<string> {
  try {
    const response = await send("/api/scenarios/current", {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ name: DEMO_SCENARIO }),
    });
    return await describeAnswer(response);
  } catch {
    return "Vitals did not answer, so nothing was started.";
  }
}

async function describeAnswer(response: Response): Promise<string> {
  const body = parseObject(await response.text());
  if (response.ok) return `${DEMO_SCENARIO} runs${formatLength(body.durationMs)}.`;
  switch (response.status) {
    case 401:
      return "Vitals wants a token before it starts a scenario.";
    case 404:
    case 405:
      return `This Vitals has no scenario ${DEMO_SCENARIO}. The simulated services go on by themselves.`;
    case 409:
      return "A scenario runs already.";
    default:
      return `The scenario did not start: ${textOf(body.detail) ?? `HTTP ${response.status}`}.`;
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {}; // no JSON, as of a proxy
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.replace(/\.$/, "") : undefined;
}

function formatLength(durationMs: unknown): string {
  if (typeof durationMs !== "number" || !(durationMs > 0)) return "";
  const minutes = durationMs / 60_000;
  return minutes < 1
    ? `, ${Math.round(durationMs / 1_000)} s long`
    : `, ${Number(minutes.toFixed(1))} min long`;
}
