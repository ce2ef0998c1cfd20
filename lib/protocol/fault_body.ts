/**
 * What operators may say of faults, as it comes over HTTP.
 *
 * @module
 */

import { z } from "zod";

import { DEFAULT_FAULT, FAULT_KINDS, MAX_FAULT_MS, MIN_FAULT_MS } from "@/lib/domain/fault.ts";
import { parseDuration } from "@/lib/domain/instant.ts";
import type { FaultDraft } from "@/lib/ports/fault_desk.ts";

import { type JsonBodyOptions, readJsonBody } from "./json_body.ts";
import type { BodySource } from "./read_body.ts";

const SERVICE = "must be the name of a simulated service";
const KIND = `must be one of ${FAULT_KINDS.map((kind) => `"${kind}"`).join(", ")}`;
const INTENSITY = "must be a number from 0 (hardly felt) to 1 (as bad as it gets)";
const DURATION = 'must be a duration from "1s" to "24h", such as "30s"';
const DURATION_MS = `must be whole milliseconds from ${MIN_FAULT_MS} to ${MAX_FAULT_MS}`;
const ONE_DURATION = 'must not be given beside "duration"';

const FAULT = {
  service: z.string(SERVICE).min(1, SERVICE),
  kind: z.enum(FAULT_KINDS, KIND),
  intensity: z.number(INTENSITY).min(0, INTENSITY).max(1, INTENSITY)
    .default(DEFAULT_FAULT.intensity),
  duration: z.string(DURATION).refine(isDuration, DURATION).optional(),
  durationMs: z.int(DURATION_MS).min(MIN_FAULT_MS, DURATION_MS).max(MAX_FAULT_MS, DURATION_MS)
    .optional(),
};

/** Reads the body of `POST /api/faults`. */
export async function readFault(request: BodySource): Promise<FaultDraft> {
  const schema: JsonBodyOptions<FaultDraft>["schema"] = z
    .strictObject(FAULT, "must be an object")
    .refine(({ duration, durationMs }) => duration === undefined || durationMs === undefined, {
      path: ["durationMs"],
      message: ONE_DURATION,
    })
    .transform(({ service, kind, intensity, duration, durationMs }) => ({
      ...{ service, kind, intensity },
      durationMs: duration === undefined
        ? durationMs ?? DEFAULT_FAULT.durationMs
        : Math.round(parseDuration(duration)),
    }));
  return await readJsonBody(request, {
    ...{ schema, act: "inject a fault" },
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
