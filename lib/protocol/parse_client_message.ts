/**
 * Reads what a client sent on the live socket. Anyone can write there, so nothing is taken on trust.
 *
 * @module
 */

import type { ClientMessage } from "./live_message.ts";
import { ProtocolError } from "./protocol_error.ts";

/** The longest message that is read, in UTF-16 code units. */
export const MAX_CLIENT_MESSAGE_LENGTH = 4_096;

/**
 * Returns the message in a frame. Fields it does not know are ignored.
 *
 * @throws {ProtocolError} With code 1003 if the frame is binary, 1009 if it is too long, 1008 if it is not
 * JSON or no message of a client.
 *
 * @example
 * ```ts
 * import { parseClientMessage } from "@/lib/protocol/parse_client_message.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseClientMessage('{"type":"ping","id":7}'), { type: "ping", id: 7 });
 * ```
 */
export function parseClientMessage(data: unknown): ClientMessage {
  if (typeof data !== "string") {
    throw new ProtocolError("Cannot read message: expected text, got binary", { code: 1003 });
  }
  if (data.length > MAX_CLIENT_MESSAGE_LENGTH) {
    const expected = `expected at most ${MAX_CLIENT_MESSAGE_LENGTH} characters`;
    throw new ProtocolError(`Cannot read message: ${expected}, got ${data.length}`, { code: 1009 });
  }
  return toClientMessage(parseJson(data));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError("Cannot read message: it is not JSON", { cause });
  }
}

function toClientMessage(value: unknown): ClientMessage {
  if (typeof value === "object" && value !== null && "type" in value) {
    if (value.type === "ping") return { type: "ping", id: wholeNumber("id", value) };
    if (value.type === "resume") return { type: "resume", seq: wholeNumber("seq", value) };
  }
  throw new ProtocolError('Cannot read message: "type" must be "ping" or "resume"');
}

function wholeNumber(field: "id" | "seq", value: object): number {
  const number: unknown = Object.getOwnPropertyDescriptor(value, field)?.value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new ProtocolError(`Cannot read message: "${field}" must be a whole number`);
}
