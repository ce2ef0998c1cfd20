/**
 * Schemas of silences, maintenance and scenarios as they are shown.
 *
 * @module
 */

import { z } from "zod";

import { FAULT_KINDS } from "@/lib/domain/fault.ts";
import type { ScenarioEvent } from "@/lib/domain/scenario.ts";
import type { ScenarioEntry, ScenarioRunView } from "@/lib/ports/scenario_desk.ts";
import type { MaintenanceView, SilenceView } from "@/lib/protocol/views.ts";

import { count, instant, listOf, number, STATUS, text } from "./parts.ts";
import { MATCHER_SCHEMA } from "./rule_schema.ts";
import { schemaOf } from "./schema_of.ts";

/**
 * A silence.
 *
 * @ignore
 */
export const SILENCE_SCHEMA: z.ZodType<SilenceView> = schemaOf<SilenceView>()(
  z.object({
    id: text("Unique among all silences."),
    matcher: MATCHER_SCHEMA,
    startsAt: instant("From when on."),
    endsAt: instant("Until when."),
    createdAt: instant("When it was made."),
    author: text("Who made it."),
    reason: text("Why."),
    state: z.enum(["pending", "active", "expired"]).meta({ description: "Where it stands." }),
    mutes: count("How many pending and firing alerts it mutes now."),
  }).meta({ description: "Mutes matching alerts for a time." }),
);

/**
 * A maintenance window.
 *
 * @ignore
 */
export const MAINTENANCE_SCHEMA: z.ZodType<MaintenanceView> = schemaOf<MaintenanceView>()(
  z.object({
    name: text("Its name."),
    matcher: MATCHER_SCHEMA,
    reason: text("Why."),
    active: z.boolean().meta({ description: "Whether it holds now." }),
    span: z.object({
      startsAt: instant("When it begins."),
      endsAt: instant("When it ends."),
    }).nullable().meta({ description: "The span that holds now or comes next." }),
  }).meta({ description: "A time, planned in the configuration, in which alerts are not told." }),
);

const ENTRY = {
  name: text("Its name, that of its file."),
  summary: text("What happens in it, in one sentence."),
  durationMs: number("How long it takes, in milliseconds."),
};

const MOMENT = z.object({
  atMs: number("When, in milliseconds after the beginning."),
  what: text("What, in words."),
});

const RUN = {
  ...ENTRY,
  state: z.enum(["running", "paused", "passed", "failed", "stopped"]).meta({
    description: "Where it stands.",
  }),
  elapsedMs: number("How far it was at `at`, in milliseconds after its beginning."),
  at: instant("The instant of this view."),
  next: MOMENT.nullable().meta({ description: "What happens next." }),
  differences: listOf(z.string(), "Of one that ended: where expectation and fact differ."),
};

/**
 * A scenario that can be played.
 *
 * @ignore
 */
export const SCENARIO_SCHEMA: z.ZodType<ScenarioEntry> = schemaOf<ScenarioEntry>()(
  z.object(ENTRY).meta({ description: "A scenario that can be played." }),
);

/**
 * A scenario that is played.
 *
 * @ignore
 */
export const SCENARIO_RUN_SCHEMA: z.ZodType<ScenarioRunView> = schemaOf<ScenarioRunView>()(
  z.object(RUN).meta({ description: "A scenario that runs, or has just ended." }),
);

const AT = { atMs: number("When, in milliseconds after the beginning."), service: z.string() };

const SCENARIO_EVENT = schemaOf<ScenarioEvent>()(z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fault"), ...AT, fault: z.enum(FAULT_KINDS) }),
  z.object({
    kind: z.literal("alert"),
    ...AT,
    rule: text("Name of the rule."),
    change: z.enum(["pending", "firing", "resolved", "cancelled"]),
  }),
  z.object({ kind: z.literal("status"), ...AT, status: STATUS }),
  z.object({
    kind: z.literal("notification"),
    ...AT,
    reason: z.enum(["first", "more", "escalated", "repeat", "flapping", "resolved", "test"]),
  }),
]));

/** A scenario that is played, with what came of it so far. */
export interface ToldScenarioRun extends ScenarioRunView {
  /** What happened, oldest first. */
  readonly events: readonly ScenarioEvent[];
}

/**
 * A scenario that is played, with what came of it.
 *
 * @ignore
 */
export const TOLD_SCENARIO_RUN_SCHEMA: z.ZodType<ToldScenarioRun> = schemaOf<ToldScenarioRun>()(
  z.object({ ...RUN, events: listOf(SCENARIO_EVENT, "What came of it so far, oldest first.") })
    .meta({ description: "A scenario that runs, or has just ended, and what came of it." }),
);
