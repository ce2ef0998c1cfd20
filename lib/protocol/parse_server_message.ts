/**
 * Reads what the server sent on the live socket. It checks the frame of a message, not every field in it:
 * page and server are one version, and the code travels to the browser.
 *
 * @module
 */

import type { ServerMessage } from "./live_message.ts";

/**
 * Returns the message in a text frame.
 *
 * @throws {SyntaxError} If it is not text, not JSON, or lacks what its type needs.
 */
export function parseServerMessage(data: unknown): ServerMessage {
  const message: unknown = typeof data === "string" ? JSON.parse(data) : null;
  if (isServerMessage(message)) return message;
  throw new SyntaxError("Cannot read server message: it is no snapshot, delta or pong");
}

function isServerMessage(message: unknown): message is ServerMessage {
  if (!isRecord(message) || !Number.isFinite(message.at)) return false;
  if (message.type === "pong") return Number.isFinite(message.id);
  const { services, alerts, stats } = message;
  const isState = Number.isSafeInteger(message.seq) && isRecord(stats) &&
    Array.isArray(services) && services.every(isService) &&
    Array.isArray(alerts) && alerts.every(isRecord);
  if (message.type === "snapshot") return isState && Array.isArray(message.metrics);
  return message.type === "delta" && isState && Array.isArray(message.removed);
}

function isService(view: unknown): boolean {
  return isRecord(view) && isRecord(view.metrics) && Object.values(view.metrics).every(isSeries);
}

function isSeries(view: unknown): boolean {
  return isRecord(view) && Array.isArray(view.recent) && Array.isArray(view.times) &&
    view.recent.length === view.times.length;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
