/**
 * A frame: a message written out once, for however many peers.
 *
 * @module
 */

import type { ServerMessage } from "@/lib/protocol/live_message.ts";

/** A message as it is sent. */
export interface Frame {
  /** The message as JSON. */
  readonly text: string;
  /** Length of `text` in UTF-8. */
  readonly bytes: number;
}

const ENCODER = new TextEncoder();

/** Returns the frame of a message. */
export function toFrame(message: ServerMessage): Frame {
  const text = JSON.stringify(message);
  return { text, bytes: ENCODER.encode(text).length };
}
