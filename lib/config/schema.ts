/**
 * What may stand in `vitals.config.jsonc`: the shape of every part, with the words that editors and error
 * messages use. What one part says about another is checked in `parse_config.ts`.
 *
 * An error text here completes "the value …": `must be a whole number`. `schema_issues.ts` adds the path
 * and the value that was found.
 *
 * @module
 */

import { z } from "zod";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { SERVICE_NAME, SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";
import { maxLength, minLength } from "@/lib/protocol/length_checks.ts";

import { DEFAULT_RULE_ENTRIES } from "./default_rule_entries.ts";
import type { LimitsEntry, MetricEntry, RuleEntry, ServiceEntry } from "./entry_types.ts";
import { CORS, ORIGIN } from "./schema_cors.ts";
import { AUTH } from "./schema_auth.ts";
import { explainIssue, type Finding } from "./schema_issues.ts";
import { HISTORY } from "./schema_history.ts";
import { ALERTING, MAINTENANCE } from "./schema_maintenance.ts";
import {
  A_NAME,
  DURATION,
  duration,
  line,
  LINE_OR_NOTHING,
  list,
  matching,
  NAME_OF_RULE,
  object,
  wholeNumber,
} from "./schema_parts.ts";
import { RECEIVERS } from "./schema_receivers.ts";
import { SOURCES } from "./schema_sources.ts";
import { SOURCE } from "./sources/schema_source.ts";
import { STATUS_PAGE } from "./schema_status.ts";

/** How many samples of a series are kept, so how far back a rule can look. */
export const MAX_SAMPLES_NEEDED = 60;

/** A number of samples, `"3 of 5"` when not all of them must breach. */
export const HOLD_PATTERN: RegExp = /^([1-9]\d?) of ([1-9]\d?)$/;

const UNIT_ERROR = "must be at most 12 printable characters on one line";
const NAME_OF_METRIC = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const A_METRIC = "must begin with a letter and be 1 to 64 of A-Z, a-z, 0-9 and underscore";
const SERVICE_PATTERN = /^[a-z0-9._*-]{1,64}$/;
const A_NUMBER = "must be a number";

const SEVERITY = z.enum(["warning", "critical"], 'must be "warning" or "critical"').meta({
  description: 'How bad it is. A missing heartbeat that is "critical" makes a service DOWN.',
});

const ABOVE = z.number(A_NUMBER).meta({
  description:
    "The limit, in the metric's unit: a value above it is a breach, the limit itself is good.",
  examples: [85],
});

const BELOW = z.number(A_NUMBER).meta({
  description:
    "The limit, in the metric's unit: a value below it is a breach, the limit itself is good.",
  examples: [10],
});

const CLEAR = z.number(A_NUMBER).meta({
  description:
    "The value at which a firing alert may resolve. Between it and the limit the alert stays. " +
    "Left out, it is the limit.",
  examples: [80],
});

const MEAN = wholeNumber(1, MAX_SAMPLES_NEEDED).meta({
  description: "Looks at the mean of this many latest samples; 1 is the last value alone.",
  examples: [5],
});

const FOR_ERROR =
  `must be a number of samples from 1 to ${MAX_SAMPLES_NEEDED}, or such as "3 of 5" or "2m"`;

const FOR = z.union([
  z.int(FOR_ERROR).min(1, FOR_ERROR).max(MAX_SAMPLES_NEEDED, FOR_ERROR),
  matching(HOLD_PATTERN, FOR_ERROR),
  matching(DURATION, FOR_ERROR),
], FOR_ERROR).meta({
  description:
    'How many evaluations in a row must breach before the alert fires; "3 of 5" lets two of ' +
    'the latest five be good; with "2m" all must breach for two minutes.',
  examples: [3, "3 of 5", "2m"],
});

const KEEP_FIRING_FOR = duration("30s").meta({
  description:
    "How long all must be good again before a firing alert resolves. Left out, it resolves at once.",
  examples: ["30s", "5m"],
});

const CRITICAL_LIMIT = z.number("must be a number beyond the limit").meta({
  description:
    "A second, worse limit on the same side: beyond it the same alert becomes critical. It eases " +
    "with the same margin that lies between the limit and `clear`.",
  examples: [95],
});

const CRITICAL_SILENCE = duration("30s").meta({
  description:
    "A longer silence, from which on the same alert becomes critical and the service is DOWN. " +
    "Before that it is a warning.",
  examples: ["30s"],
});

const MISSING_HEARTBEAT = matching(DURATION, 'must be a duration such as "5s" or "10m"').meta({
  description: "The longest silence that is still fine.",
  examples: ["5s", "10m"],
});

const METRIC = object({
  id: matching(NAME_OF_METRIC, A_METRIC).meta({
    description: "The key in a sample.",
    examples: ["queueLength"],
  }),
  label: line(32).meta({ description: "The caption on a card.", examples: ["Queue"] }),
  name: line(32).optional().meta({
    description: "The name inside a sentence. Left out, it is the label.",
    examples: ["queue length"],
  }),
  unit: matching(LINE_OR_NOTHING, UNIT_ERROR).check(maxLength(12, UNIT_ERROR)).default("").meta({
    description: "The unit behind the number; empty for a bare number.",
    examples: ["ms", "%"],
  }),
  min: z.number(A_NUMBER).default(0).meta({ description: "The smallest value accepted." }),
  max: z.number(A_NUMBER).default(Number.MAX_SAFE_INTEGER).meta({
    description: "The largest value accepted.",
  }),
  decimals: wholeNumber(0, 6).default(1).meta({
    description: "How many digits after the point are shown.",
  }),
}, 'must be an object such as { "id": "queueLength", "label": "Queue" }').meta({
  title: "Metric",
  description: "A metric that samples may carry and rules may watch.",
});

const SERVICES_OF_RULE = list(
  matching(SERVICE_PATTERN, "must be a service name, * standing for any characters"),
  100,
  "service names",
).check(minLength(1, "must name at least one service; leave it out for all")).default(["*"]).meta({
  description: "Names of services that the rule applies to, * standing for any run of characters.",
  examples: [["auth-*", "checkout"]],
});

const RULE_NAME = matching(NAME_OF_RULE, A_NAME).meta({
  description: "Unique among the rules; alerts carry it.",
  examples: ["HIGH_CPU"],
});

const THRESHOLD = object({
  name: RULE_NAME,
  metric: z.string("must be the id of a metric").meta({
    description: "The id of the metric looked at: a built-in one or one of `metrics`.",
    examples: BUILT_IN_METRICS.map((metric) => metric.id),
  }),
  above: ABOVE.optional(),
  below: BELOW.optional(),
  clear: CLEAR.optional(),
  critical: CRITICAL_LIMIT.optional(),
  mean: MEAN.default(1),
  for: FOR.default(1),
  keepFiringFor: KEEP_FIRING_FOR.optional(),
  severity: SEVERITY.default("warning"),
  services: SERVICES_OF_RULE,
}, "must be an object").meta({
  title: "Threshold",
  description:
    "Fires when a metric is beyond a limit. Exactly one of `above` and `below` is given.",
  oneOf: [{ required: ["above"] }, { required: ["below"] }],
});

const MISSING_HEARTBEAT_RULE = object({
  name: RULE_NAME,
  missingHeartbeat: MISSING_HEARTBEAT,
  critical: CRITICAL_SILENCE.optional(),
  keepFiringFor: KEEP_FIRING_FOR.optional(),
  severity: SEVERITY.optional().meta({
    description:
      'How bad it is: "critical" makes a service DOWN. Left out, it is "critical", or "warning" ' +
      "if `critical` gives a longer silence for that.",
  }),
  services: SERVICES_OF_RULE,
}, "must be an object").meta({
  title: "Missing heartbeat",
  description: "Fires when a service has sent nothing for longer than it may.",
});

const RULE = z.union(
  [THRESHOLD, MISSING_HEARTBEAT_RULE],
  'must be an object such as { "name": "HIGH_CPU", "metric": "cpu", "above": 85 }',
);

const CRITICAL_ERROR = 'must be a number, a duration such as "30s", or false';

const OVERRIDE = z.union([
  object({
    above: ABOVE.optional(),
    below: BELOW.optional(),
    clear: CLEAR.optional(),
    critical: z.union([CRITICAL_LIMIT, CRITICAL_SILENCE, z.literal(false)], CRITICAL_ERROR)
      .optional().meta({
        description: "Another critical limit, or false for none.",
        examples: [97, "1m", false],
      }),
    mean: MEAN.optional(),
    for: FOR.optional(),
    keepFiringFor: KEEP_FIRING_FOR.optional(),
    severity: SEVERITY.optional(),
    missingHeartbeat: MISSING_HEARTBEAT.optional(),
  }, "must be an object").meta({ not: { required: ["above", "below"] } }),
  z.literal(false).meta({ description: "The rule does not apply to this service." }),
], 'must be false or an object such as { "above": 95 }');

const SERVICE = object({
  name: matching(SERVICE_NAME, SERVICE_NAME_RULE).meta({
    description: "Unique among the services; samples carry it.",
    examples: ["auth-service"],
  }),
  tags: list(line(32), 16, "tags").default([]).meta({
    description: "Words to find the service by.",
    examples: [["identity"]],
  }),
  dependsOn: list(z.string("must be the name of a service"), 16, "service names").default([]).meta({
    description: "Names of listed services that this one needs.",
    examples: [["payments-db"]],
  }),
  source: SOURCE,
  rules: z.record(
    z.string(),
    OVERRIDE,
    'must be an object such as { "HIGH_CPU": { "above": 95 } }',
  ).default({}).meta({
    description:
      "What is different for this service, by name of rule; false switches the rule off.",
    examples: [{ HIGH_CPU: { above: 95 }, HIGH_MEMORY: false }],
  }),
}, 'must be an object such as { "name": "auth-service" }').meta({
  title: "Service",
  description: "A service that is watched from the start, even before it has sent anything.",
});

const LIMITS = object({
  services: wholeNumber(1, 1_000_000).default(10_000).meta({
    description: "How many services may exist.",
  }),
  bodyBytes: wholeNumber(1_024, 67_108_864).default(1_048_576).meta({
    description: "The longest request body that is accepted, in bytes.",
  }),
  autoRegister: z.boolean("must be true or false").default(true).meta({
    description: "Whether a sample of an unknown service adds that service.",
  }),
}, 'must be an object such as { "services": 1000 }').meta({
  title: "Limits",
  description: "Everything in Vitals is bounded; these are the bounds that can be set.",
});

const CONFIG = object({
  $schema: z.string("must be the address of a JSON Schema").optional().meta({
    description: "Where editors find this schema; Vitals itself does not read it.",
    examples: ["./vitals.schema.json"],
  }),
  metrics: list(METRIC, 32, "metrics").default([]).meta({
    description: "Metrics beside the built-in ones (" +
      BUILT_IN_METRICS.map((metric) => metric.id).join(", ") + ").",
  }),
  services: z.array(SERVICE, "must be a list of services").default([]).meta({
    description: "The services that are known from the start.",
  }),
  rules: list(RULE, 100, "rules").default(
    DEFAULT_RULE_ENTRIES.map((entry) => ({ ...entry, services: [...entry.services] })),
  ).meta({
    description: "When an alert is raised. This list replaces the default rules as a whole.",
  }),
  limits: LIMITS.prefault({}),
  receivers: RECEIVERS,
  maintenance: MAINTENANCE,
  alerting: ALERTING.prefault({}),
  origins: list(ORIGIN, 32, "origins").default([]).meta({
    description:
      "Origins of web pages that may write and open the live socket, beside Vitals' own " +
      "address: its public one behind a reverse proxy. Scheme, host and perhaps a port, no path.",
    examples: [["https://vitals.example.com"]],
  }),
  cors: CORS.prefault({}),
  history: HISTORY.prefault({}),
  sources: SOURCES.prefault({}),
  status: STATUS_PAGE.prefault({}),
  auth: AUTH.prefault({}),
}, 'must be an object such as { "services": [] }').meta({
  title: "Vitals configuration",
  description: "What Vitals watches and when it raises an alert. See docs/configuration.md.",
});

/** Returns a metric of the file; `null` if it is malformed. */
export function readMetric(value: unknown): MetricEntry | null {
  return METRIC.safeParse(value).data ?? null;
}

/** Returns a rule of the file; `null` if it is malformed. */
export function readRule(value: unknown): RuleEntry | null {
  return RULE.safeParse(value).data ?? null;
}

/** Returns a service of the file; `null` if it is malformed. */
export function readService(value: unknown): ServiceEntry | null {
  return SERVICE.safeParse(value).data ?? null;
}

/** Returns the limits of the file, the default ones if they are malformed or left out. */
export function readLimits(value: unknown): LimitsEntry {
  return LIMITS.safeParse(value).data ?? LIMITS.parse({});
}

/** Returns an origin of the file; `null` if it is malformed. */
export function readOrigin(value: unknown): string | null {
  return ORIGIN.safeParse(value).data ?? null;
}

/** Returns all that is wrong with the shape of a whole file; what its parts say of each other is not checked. */
export function findSchemaIssues(value: unknown): readonly Finding[] {
  const { error } = CONFIG.safeParse(value);
  return (error?.issues ?? []).flatMap((issue) => explainIssue(issue, value));
}

/** Returns the text of `vitals.schema.json`: the JSON Schema of the file, for editors. */
export function formatConfigSchema(): string {
  return JSON.stringify(z.toJSONSchema(CONFIG, { io: "input" }), null, 2) + "\n";
}
