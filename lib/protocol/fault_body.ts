/**
 * What operators may say of faults, as it comes over HTTP.
 *
 * @module
 */

import { z } from "zod";

import { DEFAULT_FAULT, FAULT_KINDS, MAX_FAULT_MS, MIN_FAULT_MS } from "@/lib/domain/fault.ts";
import { parseDuration } from "@/lib/domain/instant.ts";
import type { FaultDraft } from "@/lib/ports/fault_desk.ts";

import { readJsonBody } from "./json_body.ts";
import { minLength } from "./length_checks.ts";
import type { BodySource } from "./read_body.ts";

const SERVICE = "must be the name of a simulated service";
const KIND = `must be one of ${FAULT_KINDS.map((kind) => `"${kind}"`).join(", ")}`;
const INTENSITY = "must be a number from 0 (hardly felt) to 1 (as bad as it gets)";
const DURATION = 'must be a duration from "1s" to "24h", such as "30s"';
const DURATION_MS = `must be whole milliseconds from ${MIN_FAULT_MS} to ${MAX_FAULT_MS}`;
const ONE_DURATION = 'must not be given beside "duration"';

const FAULT = {
  service: z.string(SERVICE).check(minLength(1, SERVICE)).meta({
    description: "Name of a simulated service.",
  }),
  kind: z.enum(FAULT_KINDS, KIND).meta({ description: "What goes wrong." }),
  intensity: z.number(INTENSITY).min(0, INTENSITY).max(1, INTENSITY)
    .default(DEFAULT_FAULT.intensity).meta({
      description: "From 0 (hardly felt) to 1 (as bad as it gets).",
    }),
  duration: z.string(DURATION).refine(isDuration, DURATION).optional().meta({
    description: "How long it acts, from `1s` to `24h`; 30 s if left out.",
    examples: ["30s"],
  }),
  durationMs: z.int(DURATION_MS).min(MIN_FAULT_MS, DURATION_MS).max(MAX_FAULT_MS, DURATION_MS)
    .optional().meta({ description: "The same in milliseconds, instead of `duration`." }),
};

/**
 * The body of `POST /api/faults`.
 *
 * @ignore
 */
export const FAULT_BODY: z.ZodType<FaultDraft> = z
  .strictObject(FAULT, "must be an object")
  .refine(({ duration, durationMs }) => duration === undefined || durationMs === undefined, {
    path: ["durationMs"],
    message: ONE_DURATION,
  })
  .meta({
    description: "What a simulated service is to do wrong.",
    not: { required: ["duration", "durationMs"] },
  })
  .transform(({ service, kind, intensity, duration, durationMs }) => ({
    ...{ service, kind, intensity },
    durationMs: duration === undefined
      ? durationMs ?? DEFAULT_FAULT.durationMs
      : Math.round(parseDuration(duration)),
  }));

/** Reads the body of `POST /api/faults`. */
export async function readFault(request: BodySource): Promise<FaultDraft> {
  return await readJsonBody(request, {
    ...{ schema: FAULT_BODY, act: "inject a fault" },
    known: () => ({ what: "field", names: Object.keys(FAULT) }),
  });
}

function isDuration(text: string): boolean {
  try {
    const durationMs = parseDuration(text);
    return durationMs >= MIN_FAULT_MS && durationMs <= MAX_FAULT_MS;
  } catch {
    return false;
  }
}
