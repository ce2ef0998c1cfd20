/**
 * Schemas of the messages of the live socket.
 *
 * @module
 */

import { z } from "zod";

import type { ClientMessage, ServerMessage } from "@/lib/protocol/live_message.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";

import { ALERT_SCHEMA } from "./alert_schema.ts";
import { SCENARIO_RUN_SCHEMA } from "./operator_schema.ts";
import { count, instant, listOf, number } from "./parts.ts";
import { METRIC_SCHEMA } from "./rule_schema.ts";
import { schemaOf } from "./schema_of.ts";
import { SERVICE_SCHEMA } from "./service_schema.ts";

const STATS = schemaOf<LiveStats>()(
  z.object({
    samplesPerSecond: number("Samples accepted per second, over the last ten seconds."),
    peers: count("Open live connections."),
    latencyMs: z.object({ p50: z.number(), p99: z.number() }).nullable().meta({
      description: "From a sample's acceptance to its frame handed to the sockets.",
    }),
    scenario: SCENARIO_RUN_SCHEMA.nullable(),
  }).meta({ description: "Numbers about Vitals itself." }),
);

const SEQ = count("Number of the message: one more than that of the delta before.");

/**
 * What the server sends.
 *
 * @ignore
 */
export const SERVER_MESSAGE_SCHEMA: z.ZodType<ServerMessage> = schemaOf<ServerMessage>()(
  z.discriminatedUnion("type", [
    z.object({
      type: z.literal("snapshot"),
      seq: SEQ,
      at: instant("When it was made."),
      metrics: listOf(METRIC_SCHEMA, "All metrics, in the order of the screen."),
      services: listOf(SERVICE_SCHEMA, "All services, worst first."),
      alerts: listOf(ALERT_SCHEMA, "Pending and firing alerts."),
      stats: STATS,
    }).meta({ description: "The full state." }),
    z.object({
      type: z.literal("delta"),
      seq: SEQ,
      at: instant("When it was made."),
      services: listOf(SERVICE_SCHEMA, "Changed ones; `recent` and `times` hold new samples only."),
      removed: listOf(z.string(), "Names of services that are gone."),
      alerts: listOf(ALERT_SCHEMA, "Changed ones; a resolved one is sent once."),
      stats: STATS,
    }).meta({ description: "What changed since the message before." }),
    z.object({
      type: z.literal("pong"),
      id: z.int().meta({ description: "That of the ping." }),
      at: instant("When it was answered."),
    }).meta({ description: "The answer to a ping." }),
  ]).meta({ description: "What the live socket sends." }),
);

/**
 * What a client may send.
 *
 * @ignore
 */
export const CLIENT_MESSAGE_SCHEMA: z.ZodType<ClientMessage> = schemaOf<ClientMessage>()(
  z.discriminatedUnion("type", [
    z.object({
      type: z.literal("resume"),
      seq: z.int().meta({ description: "Number of the last message seen." }),
    }).meta({ description: "Asks for the deltas after `seq`." }),
    z.object({
      type: z.literal("ping"),
      id: z.int().meta({ description: "A number of the client's choice." }),
    }).meta({ description: "Asks for a pong." }),
  ]).meta({ description: "What clients of the live socket send." }),
);
