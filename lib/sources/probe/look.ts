/**
 * One look of a probe: at a web address, or whether something listens.
 *
 * @module
 */

import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import type { ProbeConfig, ProbeTarget } from "@/lib/ports/source_config.ts";
import type { WebFailureReason, WebResult } from "@/lib/ports/web_fetch.ts";

import type { SourceTools } from "../source_tools.ts";
import { judgeAnswer } from "./judge_answer.ts";

/** What came of a look. */
export type LookResult =
  | {
    readonly kind: "good";
    /** How long it took, in milliseconds. */
    readonly latencyMs: number;
  }
  | { readonly kind: "failed"; readonly failure: SourceFailure };

/** Looks once. Never rejects, but for the signal's reason if that is aborted. */
export type Look = (signal: AbortSignal) => Promise<LookResult>;

type HttpTarget = Extract<ProbeTarget, { kind: "http" }>;

/** Returns what looks at the target of a probe. */
export function createLook(config: ProbeConfig, tools: SourceTools): Look {
  const { target } = config;
  switch (target.kind) {
    case "http":
      return createHttpLook({ ...config, target }, tools);
    case "tcp": {
      const { timeoutMs, denyPrivate } = config;
      const request = { ...target, timeoutMs, denyPrivate };
      return async (signal) => {
        const result = await tools.connect(request, signal);
        if (result.kind === "failed") return failed(result);
        return { kind: "good", latencyMs: result.durationMs };
      };
    }
  }
}

function createHttpLook(
  { target, timeoutMs, denyPrivate }: ProbeConfig & { readonly target: HttpTarget },
  { openFetch, clock }: SourceTools,
): Look {
  const ask = openFetch({ denyPrivate });
  const { expect, body, ...asked } = target;
  const request = { ...asked, body: body?.reveal() ?? null, timeoutMs };
  const host = new URL(target.url.reveal()).host;
  return async (signal) => {
    const result: WebResult = await ask(request, signal);
    if (result.kind === "failed") return failed(result);
    const failure = judgeAnswer(result, { expect, host, at: clock.now() });
    if (failure !== null) return { kind: "failed", failure };
    return { kind: "good", latencyMs: result.durationMs };
  };
}

interface Failed {
  readonly reason: WebFailureReason;
  readonly detail: string;
}

/** A card has few words: what has none of its own is that there was no way to an answer. */
function failed({ reason, detail }: Failed): LookResult {
  const word = reason === "broken off" || reason === "failed" ? "unreachable" : reason;
  return { kind: "failed", failure: { reason: word, detail } };
}
