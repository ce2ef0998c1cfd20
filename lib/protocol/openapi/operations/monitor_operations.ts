/**
 * What Vitals says of itself, and its live socket.
 *
 * @module
 */

import { z } from "zod";

import type { Health } from "@/lib/protocol/health.ts";
import { EXPOSITION_TYPES } from "@/lib/domain/exposition.ts";
import { AUDIT_QUERY } from "@/lib/protocol/audit_query.ts";
import { AUDIT_ENTRY_SCHEMA } from "@/lib/protocol/schemas/monitor_schema.ts";

import { AN_AUDIT_ENTRY } from "../examples.ts";
import { answer, foreignSchema, type JsonSchema, type Operation, refTo } from "../operation.ts";
import { LINK, problem, VARY_ACCEPT, wrongQuery } from "../shared_answers.ts";

const HEALTH: Health = {
  status: "pass",
  version: "0.1.0",
  uptimeMs: 61_250,
  checks: { collector: { status: "pass", observedValue: 4, observedUnit: "samples/s" } },
  services: { healthy: 4, degraded: 0, down: 0, unknown: 0 },
};

const FAILING: Health = {
  ...HEALTH,
  status: "fail",
  checks: { collector: { status: "fail", output: "the collector is stopped" } },
};

/** Each form is one of its own: what else there may be in time is no reason to take the lesser one. */
const TOLD_HEALTH: JsonSchema = { anyOf: [refTo("Health"), refTo("BriefHealth")] };

const HEALTH_TYPE = "application/health+json";

const UPGRADE = { description: "What to connect with.", pattern: "^websocket$", required: true };

/** The operations. */
export const MONITOR_OPERATIONS: readonly Operation[] = [
  {
    id: "getHealth",
    method: "get",
    path: "/api/health",
    group: "Monitor",
    summary: "Tells how Vitals itself is",
    description:
      "A service that is DOWN does not make it fail. Who may not read gets `status` alone.",
    scope: "public",
    answers: [
      answer(200, "It works, perhaps with a warning.", {
        schema: TOLD_HEALTH,
        example: HEALTH,
        type: HEALTH_TYPE,
      }),
      answer(503, "It fails.", { schema: TOLD_HEALTH, example: FAILING, type: HEALTH_TYPE }),
    ],
  },
  {
    id: "getMetrics",
    method: "get",
    path: "/metrics",
    group: "Monitor",
    summary: "Exposes everything to Prometheus",
    description: "Text unless OpenMetrics is accepted.",
    scope: "read",
    answers: [{
      status: 200,
      description: "Services, alerts, and Vitals itself, in base units.",
      headers: { vary: VARY_ACCEPT },
      content: [
        {
          type: EXPOSITION_TYPES.text,
          schema: foreignSchema("The text format of Prometheus.", {
            url: "https://prometheus.io/docs/instrumenting/exposition_formats/",
            type: "string",
          }),
          example: '# TYPE vitals_service_up gauge\nvitals_service_up{service="checkout"} 1\n',
        },
        {
          type: EXPOSITION_TYPES.openmetrics,
          schema: foreignSchema("OpenMetrics 1.0.", {
            url: "https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md",
            type: "string",
          }),
          example:
            '# TYPE vitals_service_up gauge\nvitals_service_up{service="checkout"} 1\n# EOF\n',
        },
      ],
    }],
  },
  {
    id: "listAudit",
    method: "get",
    path: "/api/audit",
    group: "Monitor",
    summary: "Lists what operators did, newest first",
    description: "`Link` leads to the next page.",
    scope: "operate",
    query: AUDIT_QUERY,
    queryExample: "limit=10",
    answers: [
      answer(200, "Entries of the audit log, newest first.", {
        schema: z.array(AUDIT_ENTRY_SCHEMA),
        example: [AN_AUDIT_ENTRY],
        headers: { link: LINK },
      }),
      wrongQuery({ path: "limit", message: 'must be a whole number from 1 to 1000, got "0"' }),
    ],
  },
  {
    id: "openLive",
    method: "get",
    path: "/api/live",
    group: "Monitor",
    summary: "Opens the live socket",
    description:
      "A WebSocket with JSON in text frames: first a snapshot, then deltas whose `seq` " +
      "rises by one. `ServerMessage` and `ClientMessage` are what goes each way.",
    scope: "read",
    query: z.strictObject({
      resume: z.string().optional().meta({
        description:
          "Number of the last message seen: the deltas after it come instead of a snapshot.",
        asParam: { type: "integer", minimum: 0 },
      }),
    }),
    messages: { server: "ServerMessage", client: "ClientMessage" },
    answers: [
      { status: 101, description: "The socket is open." },
      problem(400, "The handshake is incomplete.", {
        detail: "Cannot open the socket: the handshake is incomplete",
      }),
      problem(426, "It is no handshake of a WebSocket.", {
        detail: "Cannot serve this as a page: connect with a WebSocket",
        headers: {
          upgrade: UPGRADE,
          connection: { description: "As HTTP asks for.", pattern: "^upgrade$", required: true },
        },
      }),
    ],
  },
  {
    id: "getOpenApi",
    method: "get",
    path: "/api/openapi.json",
    group: "Monitor",
    summary: "Describes this API",
    description: "With the metrics that the configuration adds.",
    scope: "read",
    answers: [
      answer(200, "This description.", {
        schema: foreignSchema("A description after OpenAPI 3.1.", {
          url: "https://spec.openapis.org/oas/v3.1.1.html",
          type: "object",
        }),
        example: { openapi: "3.1.1", info: { title: "Vitals", version: "0.1.0" }, paths: {} },
      }),
    ],
  },
];
