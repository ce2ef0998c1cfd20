/**
 * The shape of what is said about the status page, in `vitals.config.jsonc`.
 *
 * @module
 */

import { z } from "zod";

import { minLength } from "@/lib/protocol/length_checks.ts";

import type { StatusPageEntry } from "./entry_types.ts";
import { line, list, matching, object } from "./schema_parts.ts";

/** What the status page is called if the file does not say. */
export const DEFAULT_STATUS_TITLE = "Service status";

const PATTERN = matching(
  /^[a-z0-9._*-]{1,64}$/,
  "must be a service name, * standing for any characters",
);

const GROUP = object({
  name: line(64).meta({ description: "Its heading.", examples: ["Shop"] }),
  services: list(PATTERN, 100, "service names").check(
    minLength(1, "must name at least one service"),
  ).meta({
    description: "Names of its services in this order, * standing for any run of characters.",
    examples: [["checkout", "payment-*"]],
  }),
}, 'must be an object such as { "name": "Shop", "services": ["checkout"] }').meta({
  title: "Group",
});

const WORDS = 'must be an object such as { "auth-service": "Sign-in" }';
const REASONS = 'must be an object such as { "nightly-backup": "Backup of the database" }';

/**
 * What is said about the status page.
 *
 * @ignore
 */
export const STATUS_PAGE: z.ZodType<StatusPageEntry, Record<string, unknown>> = object({
  enabled: z.boolean("must be true or false").default(true).meta({
    description: "Whether there is a status page, with its feeds and badges.",
  }),
  title: line(80).default(DEFAULT_STATUS_TITLE).meta({
    description: "What the page is called.",
    examples: ["Example Shop status"],
  }),
  description: line(300).optional().meta({
    description: "A sentence below the title.",
    examples: ["How the services of Example Shop are doing."],
  }),
  services: list(PATTERN, 100, "service names").optional().meta({
    description:
      "Names of the services that are shown, in this order, * standing for any run of characters. " +
      "Left out, those of `groups`; without groups, all.",
    examples: [["checkout", "payment-*"]],
  }),
  groups: list(GROUP, 50, "groups").default([]).meta({
    description:
      "Services under headings. Left out, the first tags of services are the headings, where that " +
      "brings any together.",
  }),
  names: z.record(z.string(), line(64), WORDS).default({}).meta({
    description: "What services are called in public, by their names.",
    examples: [{ "auth-service": "Sign-in" }],
  }),
  maintenance: z.record(z.string(), line(200), REASONS).default({}).meta({
    description: "What maintenance windows are for, in words for the public, by their names.",
    examples: [{ "nightly-backup": "Backup of the database" }],
  }),
}, 'must be an object such as { "title": "Service status" }').meta({
  title: "Status page",
  description: "What people outside of the team see at /status.",
});

/** Returns what a file says about the status page, nothing if it is malformed or left out. */
export function readStatusPage(value: unknown): StatusPageEntry {
  return STATUS_PAGE.safeParse(value).data ?? STATUS_PAGE.parse({});
}
