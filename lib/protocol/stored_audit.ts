/**
 * Entries of the audit log as they are written down and read back.
 *
 * @module
 */

import { z } from "zod";

import type { AuditEntry } from "@/lib/ports/audit.ts";

const SCHEMA: z.ZodType<AuditEntry> = z.object({
  id: z.int(),
  at: z.number(),
  kind: z.enum(["act", "session", "refused"]),
  who: z.string(),
  address: z.string(),
  what: z.string(),
  subject: z.string(),
  status: z.int(),
});

/**
 * Returns the entry in a text.
 *
 * @throws {SyntaxError} If it is not JSON.
 * @throws {z.ZodError} If it is no entry.
 */
export function parseStoredAudit(text: string): AuditEntry {
  return SCHEMA.parse(JSON.parse(text));
}
