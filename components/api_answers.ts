/**
 * Reads what the server answered. It checks the frame of an answer, not every field in it: page and server
 * are one version.
 *
 * @module
 */

import { ProtocolError } from "@/lib/protocol/protocol_error.ts";
import type { AlertDetail } from "@/lib/protocol/views.ts";

import type { AlertsData } from "./alerts_data.ts";

/** Tells whether a value is an object with fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns an alert with its life.
 *
 * @throws {ProtocolError} If the value is none.
 */
export function parseAlertDetail(value: unknown): AlertDetail {
  if (isAlertDetail(value)) return value;
  throw new ProtocolError("Cannot read answer: it is no alert with its life");
}

/**
 * Returns what the page of alerts shows.
 *
 * @throws {ProtocolError} If the value is not that.
 */
export function parseAlertsData(value: unknown): AlertsData {
  if (isAlertsData(value)) return value;
  throw new ProtocolError("Cannot read answer: it is not what the page of alerts shows");
}

function isAlertDetail(value: unknown): value is AlertDetail {
  return isRecord(value) && isRecord(value.alert) && Array.isArray(value.transitions) &&
    Array.isArray(value.notifications);
}

function isAlertsData(value: unknown): value is AlertsData {
  return isRecord(value) && isRecord(value.history) && Array.isArray(value.history.alerts) &&
    Array.isArray(value.silences) && Array.isArray(value.maintenance) &&
    Array.isArray(value.receivers) && Array.isArray(value.notifications);
}
