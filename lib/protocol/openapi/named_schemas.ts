/**
 * The schemas that stand in the description under a name, so that others refer to them and clients get types
 * for them. A schema that is not here is written out where it is used.
 *
 * @module
 */

import type { z } from "zod";

import type { Metric } from "@/lib/domain/metric.ts";
import { FAULT_BODY } from "@/lib/protocol/fault_body.ts";
import { ACKNOWLEDGEMENT_BODY, SILENCE_BODY } from "@/lib/protocol/operator_bodies.ts";
import { sampleSchema } from "@/lib/protocol/sample_body.ts";
import {
  ALERT_DETAIL_SCHEMA,
  ALERT_SCHEMA,
  EXPLAINED_ALERT_SCHEMA,
} from "@/lib/protocol/schemas/alert_schema.ts";
import {
  EVENT_SCHEMA,
  HISTORY_SCHEMA,
  TIMELINE_SCHEMA,
} from "@/lib/protocol/schemas/history_schema.ts";
import {
  CLIENT_MESSAGE_SCHEMA,
  SERVER_MESSAGE_SCHEMA,
} from "@/lib/protocol/schemas/live_schema.ts";
import {
  AUDIT_ENTRY_SCHEMA,
  BRIEF_HEALTH_SCHEMA,
  HEALTH_SCHEMA,
  PROBLEM_SCHEMA,
} from "@/lib/protocol/schemas/monitor_schema.ts";
import {
  NOTIFICATION_COUNTS_SCHEMA,
  NOTIFICATION_SCHEMA,
  RECEIVER_SCHEMA,
} from "@/lib/protocol/schemas/notification_schema.ts";
import {
  MAINTENANCE_SCHEMA,
  SCENARIO_RUN_SCHEMA,
  SCENARIO_SCHEMA,
  SILENCE_SCHEMA,
  TOLD_SCENARIO_RUN_SCHEMA,
} from "@/lib/protocol/schemas/operator_schema.ts";
import {
  MATCHER_SCHEMA,
  METRIC_SCHEMA,
  RULE_SCHEMA,
  SERIES_SAMPLE_SCHEMA,
} from "@/lib/protocol/schemas/rule_schema.ts";
import { FAULT_SCHEMA, SERVICE_SCHEMA } from "@/lib/protocol/schemas/service_schema.ts";
import { STATUS_PAGE_SCHEMA } from "@/lib/protocol/schemas/status_schema.ts";

/**
 * What is sent to Vitals.
 *
 * @ignore
 */
export function namedInputs(metrics: readonly Metric[]): Readonly<Record<string, z.ZodType>> {
  return {
    Sample: sampleSchema(metrics),
    AcknowledgementDraft: ACKNOWLEDGEMENT_BODY,
    SilenceDraft: SILENCE_BODY,
    FaultDraft: FAULT_BODY,
    ClientMessage: CLIENT_MESSAGE_SCHEMA,
  };
}

/**
 * What Vitals answers.
 *
 * @ignore
 */
export const NAMED_OUTPUTS: Readonly<Record<string, z.ZodType>> = {
  Service: SERVICE_SCHEMA,
  History: HISTORY_SCHEMA,
  Event: EVENT_SCHEMA,
  Timeline: TIMELINE_SCHEMA,
  Alert: ALERT_SCHEMA,
  ExplainedAlert: EXPLAINED_ALERT_SCHEMA,
  AlertDetail: ALERT_DETAIL_SCHEMA,
  Rule: RULE_SCHEMA,
  Metric: METRIC_SCHEMA,
  SeriesSample: SERIES_SAMPLE_SCHEMA,
  Silence: SILENCE_SCHEMA,
  Matcher: MATCHER_SCHEMA,
  MaintenanceWindow: MAINTENANCE_SCHEMA,
  Receiver: RECEIVER_SCHEMA,
  Notification: NOTIFICATION_SCHEMA,
  NotificationCounts: NOTIFICATION_COUNTS_SCHEMA,
  Fault: FAULT_SCHEMA,
  Scenario: SCENARIO_SCHEMA,
  ScenarioRun: SCENARIO_RUN_SCHEMA,
  ToldScenarioRun: TOLD_SCENARIO_RUN_SCHEMA,
  StatusPage: STATUS_PAGE_SCHEMA,
  Health: HEALTH_SCHEMA,
  BriefHealth: BRIEF_HEALTH_SCHEMA,
  AuditEntry: AUDIT_ENTRY_SCHEMA,
  ServerMessage: SERVER_MESSAGE_SCHEMA,
  Problem: PROBLEM_SCHEMA,
};
