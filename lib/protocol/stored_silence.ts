/**
 * Silences as they are written down and read back.
 *
 * @module
 */

import { z } from "zod";

import type { Silence } from "@/lib/domain/silence.ts";

import { SEVERITY } from "./stored_alert.ts";

const SCHEMA: z.ZodType<Silence> = z.object({
  id: z.string(),
  matcher: z.object({
    service: z.string().nullable(),
    rule: z.string().nullable(),
    tag: z.string().nullable(),
    severity: SEVERITY.nullable(),
  }),
  startsAt: z.number(),
  endsAt: z.number(),
  createdAt: z.number(),
  author: z.string(),
  reason: z.string(),
});

/**
 * Returns the silence in a text.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {z.ZodError} If it is no silence.
 */
export function parseStoredSilence(text: string): Silence {
  return SCHEMA.parse(JSON.parse(text));
}
