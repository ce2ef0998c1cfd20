/**
 * A frame: a message written out once, for however many peers.
 *
 * @module
 */

import type { ServerMessage } from "@/lib/protocol/live_message.ts";
import type { LiveStats } from "@/lib/protocol/views.ts";

/** A message as it is sent. */
export interface Frame {
  /** The message as JSON. */
  readonly text: string;
  /** Length of `text` in UTF-8. */
  readonly bytes: number;
  /** The numbers in it; `null` if the message carries none. */
  readonly stats: LiveStats | null;
}

const ENCODER = new TextEncoder();

/** Returns the frame of a message. */
export function toFrame(message: ServerMessage): Frame {
  const text = JSON.stringify(message);
  const stats = message.type === "pong" ? null : message.stats;
  return { text, bytes: ENCODER.encode(text).length, stats };
}
