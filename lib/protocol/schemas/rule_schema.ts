/**
 * Schemas of rules, metrics and matchers as they are shown.
 *
 * @module
 */

import { z } from "zod";

import type { Matcher } from "@/lib/domain/matcher.ts";
import type { Metric } from "@/lib/domain/metric.ts";
import type { Rule } from "@/lib/domain/rule.ts";
import type { SeriesSample } from "@/lib/domain/sample.ts";

import { count, instant, listOf, number, orNull, SEVERITY, text } from "./parts.ts";
import { schemaOf } from "./schema_of.ts";

/**
 * A metric.
 *
 * @ignore
 */
export const METRIC_SCHEMA: z.ZodType<Metric> = schemaOf<Metric>()(
  z.object({
    id: text("The key in a sample."),
    label: text("The caption on a card."),
    name: text("The name inside a sentence."),
    unit: text("The unit behind the number; empty for a bare number."),
    min: number("The smallest value accepted."),
    max: number("The largest value accepted."),
    decimals: count("How many digits after the point are shown."),
  }).meta({ description: "What samples may carry and rules may watch." }),
);

/**
 * A value at its time.
 *
 * @ignore
 */
export const SERIES_SAMPLE_SCHEMA: z.ZodType<SeriesSample> = schemaOf<SeriesSample>()(
  z.object({ at: instant("When it was taken."), value: number("In the unit of its metric.") })
    .meta({ description: "One sample of a series." }),
);

const EACH_RULE = {
  name: text("Unique among the rules."),
  severity: SEVERITY,
  keepFiringForMs: number(
    "How long a firing alert must have been cleared before it resolves, in milliseconds; 0 for at once.",
  ),
  services: listOf(z.string(), "Names of services it applies to; `*` stands for any characters."),
};

const JOB_TIMES = {
  slackMs: number("So late, and so early, is still in time, in milliseconds."),
  graceMs: number("So late is missing, in milliseconds; more than the slack."),
};

/**
 * A rule.
 *
 * @ignore
 */
export const RULE_SCHEMA: z.ZodType<Rule> = schemaOf<Rule>()(
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("threshold"),
      ...EACH_RULE,
      metric: METRIC_SCHEMA,
      direction: z.enum(["above", "below"]).meta({ description: "Which side of `limit` is bad." }),
      limit: number("In the unit of the metric; the limit itself is good."),
      clear: number("The value at which a firing alert may resolve."),
      mean: count("Looks at the mean of this many latest samples; 1 is the last value alone."),
      critical: orNull(z.number(), "A second limit, beyond which the alert is critical."),
      hold: z.discriminatedUnion("kind", [
        z.object({
          kind: z.literal("samples"),
          breaches: count("Breaches needed."),
          of: count("Among this many latest evaluations."),
        }),
        z.object({
          kind: z.literal("duration"),
          durationMs: number("Every evaluation must breach for so long, in milliseconds."),
        }),
      ]).meta({ description: "How long the breach must last." }),
      says: text("What is said of a breach in the place of a number that says little.")
        .exactOptional(),
    }).meta({ description: "A metric beyond a limit." }),
    z.object({
      kind: z.literal("missingHeartbeat"),
      ...EACH_RULE,
      limitMs: number("The longest silence that is still fine, in milliseconds."),
      criticalMs: orNull(z.number(), "A longer silence, from which on the alert is critical."),
      schedule: z.discriminatedUnion("kind", [
        z.object({
          kind: z.literal("every"),
          everyMs: number("From one sign of life to the next, in milliseconds."),
          ...JOB_TIMES,
        }),
        z.object({
          kind: z.literal("cron"),
          cron: text("The five fields of a crontab, or such as `@daily`."),
          timeZone: text("A zone of the IANA database, such as `Europe/Berlin`."),
          ...JOB_TIMES,
        }),
      ]).meta({ description: "When the job is expected that it is about." }).exactOptional(),
    }).meta({ description: "A sign of life that did not come." }),
  ]).meta({ description: "When an alert is raised." }),
);

/**
 * Which alerts are meant.
 *
 * @ignore
 */
export const MATCHER_SCHEMA: z.ZodType<Matcher> = schemaOf<Matcher>()(
  z.object({
    service: orNull(z.string(), "Name of the service; `*` stands for any characters."),
    rule: orNull(z.string(), "Name of the rule; `*` stands for any characters."),
    tag: orNull(z.string(), "A tag that the service has."),
    severity: orNull(SEVERITY, "How bad the alert is now."),
  }).meta({ description: "Conditions that an alert must all meet; `null` says nothing." }),
);
