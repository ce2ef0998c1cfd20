/**
 * Schema of the status page for programs.
 *
 * @module
 */

import { z } from "zod";

import type { PublicStatus } from "@/lib/domain/public_status.ts";
import type { DayColumns, ServiceJson, StatusJson } from "@/lib/protocol/status_json.ts";
import type { PublicIncidentView, PublicMaintenanceView } from "@/lib/protocol/status_view.ts";

import { count, instant, listOf, orNull, text } from "./parts.ts";
import { schemaOf } from "./schema_of.ts";

const PUBLIC_STATUS: z.ZodType<PublicStatus> = z.enum([
  ...["up", "degraded", "down", "maintenance", "unknown"] as const,
]).meta({ description: "How it is, in words for everybody." });

const DAYS: z.ZodType<DayColumns> = schemaOf<DayColumns>()(
  z.object({
    from: instant("Beginning of the first day; each further one begins a day of UTC later."),
    status: listOf(PUBLIC_STATUS, "The worst status of each day."),
    uptime: listOf(
      z.number().min(0).max(1).nullable(),
      "The uptime of each day, 0 to 1; `null` if nothing of it is on record.",
    ),
  }),
);

const SERVICE: z.ZodType<ServiceJson> = schemaOf<ServiceJson>()(
  z.object({
    service: text("Its name, as in addresses."),
    name: text("What it is called."),
    status: PUBLIC_STATUS,
    since: instant("Since when it has this status."),
    uptime: orNull(
      z.number().min(0).max(1),
      "0 to 1, of the time on record in ninety days; `null` if there is none.",
    ),
    days: orNull(DAYS, "The last ninety days; `null` while the past cannot be read."),
  }),
);

const INCIDENT: z.ZodType<PublicIncidentView> = schemaOf<PublicIncidentView>()(
  z.object({
    id: text("A UUID that stays the same, as a URN."),
    service: text("Name of the service, as in addresses."),
    name: text("What the service is called."),
    trouble: z.enum(["down", "degraded"]).meta({ description: "How bad the worst of it was." }),
    from: instant("When it began."),
    to: orNull(z.int(), "When it was over; `null` while it is not."),
    changedAt: instant("When something about it changed for the last time."),
    words: text("What happened, behind the name of the service."),
    outcome: text("How it ended or stands, as a sentence."),
  }),
);

const MAINTENANCE: z.ZodType<PublicMaintenanceView> = schemaOf<PublicMaintenanceView>()(
  z.object({
    title: text("What it is for."),
    services: listOf(z.string(), "What the services are called; none if it is all."),
    isActive: z.boolean().meta({ description: "Whether it is now." }),
    startsAt: instant("When it begins."),
    endsAt: instant("When it ends."),
  }),
);

/**
 * The status page.
 *
 * @ignore
 */
export const STATUS_PAGE_SCHEMA: z.ZodType<StatusJson> = schemaOf<StatusJson>()(
  z.object({
    at: instant("When it was so."),
    title: text("What the page is called."),
    description: text("A sentence below the title; may be empty."),
    status: PUBLIC_STATUS,
    headline: text("How all services are, in one line."),
    groups: listOf(
      z.object({
        name: orNull(z.string(), "The heading; `null` if there is none."),
        services: listOf(SERVICE, "At least one."),
      }),
      "The services under their headings.",
    ),
    incidents: listOf(
      INCIDENT,
      "Those of the last fourteen days, and older ones that go on; newest first.",
    ),
    maintenance: listOf(MAINTENANCE, "Times of maintenance that are now or come soon."),
    leftOut: count("How many services are left out because they are too many."),
    hasPast: z.boolean().meta({ description: "Whether the past could be read." }),
  }).meta({
    description: "The status page: all that it says, and nothing that is not for everybody.",
  }),
);
