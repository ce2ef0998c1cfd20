/**
 * The shape of a scenario's file, with the words that editors and error messages use. What one part says about
 * another is checked in `parse_scenario.ts`.
 *
 * @module
 */

import { z } from "zod";

import { FAULT_WORDS, type FaultKind } from "@/lib/domain/fault.ts";
import type { SendReason } from "@/lib/domain/notification.ts";
import { SERVICE_NAME, SERVICE_NAME_RULE } from "@/lib/domain/sample.ts";
import { type Status, STATUSES_BY_SEVERITY } from "@/lib/domain/status.ts";
import { minLength } from "@/lib/protocol/length_checks.ts";

import { explainIssue, type Finding } from "./schema_issues.ts";
import { duration, line, list, matching, object, wholeNumber } from "./schema_parts.ts";

const KINDS = Object.keys(FAULT_WORDS).filter(isFaultKind);

const REASONS = ["first", "more", "escalated", "repeat", "flapping", "resolved"] as const;

const A_SERVICE = "must be the name of one of the services of the scenario";

const SERVICE = object({
  name: matching(SERVICE_NAME, SERVICE_NAME_RULE).meta({
    description: "Its name. To be played live it must be a service of the running configuration.",
    examples: ["auth-service"],
  }),
  profile: z.string("must be the name of a profile").meta({
    description: "What kind of service is played.",
    examples: ["api"],
  }),
  seed: wholeNumber(0, 4_294_967_295).optional().meta({
    description:
      "The same seed gives the same samples. Left out, it follows from that of the scenario.",
  }),
  dependsOn: list(z.string("must be the name of a service"), 16, "service names").default([]).meta({
    description: "Names of services of the scenario that this one needs.",
  }),
  rules: z.record(
    z.string(),
    z.unknown(),
    'must be an object such as { "HIGH_CPU": { "above": 95 } }',
  ).default({}).meta({
    description: "What is different for this service, by name of rule, as in vitals.config.jsonc.",
  }),
}, 'must be an object such as { "name": "auth-service", "profile": "api" }').meta({
  title: "Service",
});

const FAULT = object(
  {
    at: duration("30s").meta({
      description: "When it begins, after the beginning.",
      examples: ["30s"],
    }),
    service: z.string(A_SERVICE).meta({ description: "Which service." }),
    kind: z.enum(KINDS, `must be one of ${KINDS.join(", ")}`).meta({
      description: "What goes wrong.",
    }),
    intensity: z.number("must be a number from 0 to 1").min(0, "must be a number from 0 to 1")
      .max(1, "must be a number from 0 to 1").default(1).meta({
        description: "From 0 (hardly felt) to 1 (as bad as it gets).",
      }),
    duration: duration("20s").meta({ description: "How long it lasts.", examples: ["20s"] }),
  },
  'must be an object such as { "at": "30s", "service": "auth-service", "kind": "outage", "duration": "20s" }',
)
  .meta({ title: "Fault" });

const TOLERANCE = duration("3s").meta({ description: "How much earlier or later will do." });

const ALERT = object({
  service: z.string(A_SERVICE).meta({ description: "Which service." }),
  rule: z.string("must be the name of a rule").meta({ description: "Which rule." }),
  fires: duration("33s").meta({ description: "When it fires.", examples: ["33s"] }),
  resolves: duration("55s").optional().meta({
    description: "When it resolves. Left out, it must still fire at the end.",
    examples: ["55s"],
  }),
  tolerance: TOLERANCE.optional(),
}, 'must be an object such as { "service": "auth-service", "rule": "HIGH_CPU", "fires": "33s" }')
  .meta({ title: "Alert" });

const STATUS = object({
  at: duration("45s").meta({ description: "When.", examples: ["45s"] }),
  service: z.string(A_SERVICE).meta({ description: "Which service." }),
  status: z.enum(STATUSES_BY_SEVERITY, `must be one of ${STATUSES_BY_SEVERITY.join(", ")}`).meta({
    description: "How it is then.",
  }),
  tolerance: TOLERANCE.optional(),
}, 'must be an object such as { "at": "45s", "service": "auth-service", "status": "DOWN" }').meta({
  title: "Status",
});

const NOTIFICATIONS = object({
  total: wholeNumber(0, 1_000).optional().meta({ description: "How many in all." }),
  first: wholeNumber(0, 1_000).optional().meta({
    description: "How many say that something began.",
  }),
  more: wholeNumber(0, 1_000).optional().meta({ description: "How many tell of further alerts." }),
  escalated: wholeNumber(0, 1_000).optional().meta({
    description: "How many say that it got worse.",
  }),
  repeat: wholeNumber(0, 1_000).optional().meta({ description: "How many are reminders." }),
  flapping: wholeNumber(0, 1_000).optional().meta({
    description: "How many say that an alert keeps changing its state.",
  }),
  resolved: wholeNumber(0, 1_000).optional().meta({
    description: "How many say that all is well.",
  }),
}, 'must be an object such as { "total": 2 }').meta({
  title: "Notifications",
  description: "How many notifications a receiver gets that is for all alerts.",
});

const EXPECTS = object({
  tolerance: TOLERANCE.default("3s"),
  alerts: list(ALERT, 200, "alerts").default([]).meta({
    description: "All alerts that fire; one that is not listed is a difference.",
  }),
  statuses: list(STATUS, 200, "statuses").default([]).meta({
    description: "How services are at some times.",
  }),
  notifications: NOTIFICATIONS.default({}),
}, 'must be an object such as { "alerts": [] }').meta({
  title: "Expectations",
  description: "What is to come of it.",
});

const SCENARIO = object({
  $schema: z.string("must be the address of a JSON Schema").optional().meta({
    description: "Where editors find this schema; Vitals itself does not read it.",
    examples: ["./scenario.schema.json"],
  }),
  summary: line(200).meta({ description: "What happens in it, in one sentence." }),
  seed: wholeNumber(0, 4_294_967_295).default(1).meta({
    description: "The same seed gives the same run, byte for byte.",
  }),
  duration: duration("2m").meta({ description: "How long it takes.", examples: ["90s", "10m"] }),
  services: list(SERVICE, 32, "services").check(minLength(1, "must name at least one service"))
    .meta({
      description: "The services it is about.",
    }),
  timeline: list(FAULT, 200, "faults").default([]).meta({
    description: "The faults at their times.",
  }),
  expects: EXPECTS,
}, 'must be an object such as { "summary": "Nothing happens.", "duration": "1m" }').meta({
  title: "Vitals scenario",
  description:
    "A play for simulated services, and what is expected to come of it. See docs/scenarios.md.",
});

/** A scenario as it stands in its file, defaults filled in. */
export interface ScenarioEntry {
  /** What happens in it. */
  readonly summary: string;
  /** The same seed gives the same run. */
  readonly seed: number;
  /** How long it takes, as a duration. */
  readonly duration: string;
  /** The services it is about. */
  readonly services: readonly {
    readonly name: string;
    readonly profile: string;
    readonly seed?: number | undefined;
    readonly dependsOn: readonly string[];
    readonly rules: Readonly<Record<string, unknown>>;
  }[];
  /** The faults at their times. */
  readonly timeline: readonly {
    readonly at: string;
    readonly service: string;
    readonly kind: FaultKind;
    readonly intensity: number;
    readonly duration: string;
  }[];
  /** What is to come of it. */
  readonly expects: {
    readonly tolerance: string;
    readonly alerts: readonly {
      readonly service: string;
      readonly rule: string;
      readonly fires: string;
      readonly resolves?: string | undefined;
      readonly tolerance?: string | undefined;
    }[];
    readonly statuses: readonly {
      readonly at: string;
      readonly service: string;
      readonly status: Status;
      readonly tolerance?: string | undefined;
    }[];
    readonly notifications:
      & { readonly total?: number | undefined }
      & {
        readonly [Reason in Exclude<SendReason, "test">]?: number | undefined;
      };
  };
}

/** Reasons that a scenario can count, in the order of the file. */
export const COUNTED_REASONS: readonly Exclude<SendReason, "test">[] = REASONS;

/** What the shape of a file gives. */
export type ScenarioShape =
  | { readonly kind: "entry"; readonly entry: ScenarioEntry }
  | { readonly kind: "malformed"; readonly findings: readonly Finding[] };

/** Returns a scenario as it stands in a file, or all that is wrong with its shape. */
export function readScenario(value: unknown): ScenarioShape {
  const { data, error } = SCENARIO.safeParse(value);
  if (data !== undefined) return { kind: "entry", entry: data };
  return {
    kind: "malformed",
    findings: (error?.issues ?? []).flatMap((issue) => explainIssue(issue, value)),
  };
}

/** Returns the text of `scenario.schema.json`: the JSON Schema of a scenario's file, for editors. */
export function formatScenarioSchema(): string {
  return JSON.stringify(z.toJSONSchema(SCENARIO, { io: "input" }), null, 2) + "\n";
}

function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULT_WORDS, text);
}
