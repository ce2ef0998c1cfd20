/**
 * A peer that keeps what it got, and a log that keeps what it was told.
 *
 * @module
 */

import type { Peer } from "@/lib/live/peer.ts";
import type { Log, LogFields } from "@/lib/ports/log.ts";
import type { ServerMessage } from "@/lib/protocol/live_message.ts";
import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";

/** Implements {@linkcode Peer} in memory. */
export class FakePeer implements Peer {
  /** What a slow network would leave unsent. */
  bufferedBytes = 0;
  /** Whether the bytes of each frame stay in `bufferedBytes`. */
  isStuck = false;
  /** Whether sending throws. */
  isBroken = false;
  /** The frames, as they came. */
  readonly texts: string[] = [];
  /** How it was closed. */
  readonly closes: { readonly code: number; readonly reason: string }[] = [];

  /** What came since the last call. */
  take(): ServerMessage[] {
    return this.texts.splice(0).map(parseServerMessage);
  }

  send(text: string): void {
    if (this.isBroken) throw new Error("The connection is broken");
    if (this.isStuck) this.bufferedBytes += text.length;
    this.texts.push(text);
  }

  close(code: number, reason: string): void {
    this.closes.push({ code, reason });
    if (this.isBroken) throw new Error("The connection is broken");
  }
}

/** Implements {@linkcode Log} in memory. */
export class FakeLog implements Log {
  /** The warnings, with their fields. */
  readonly warnings: { readonly event: string; readonly fields: LogFields | undefined }[] = [];

  debug(): void {}
  info(): void {}
  error(): void {}

  warn(event: string, fields?: LogFields): void {
    this.warnings.push({ event, fields });
  }
}
