/**
 * What the adapters of receivers are built with.
 *
 * @module
 */

import type { Clock } from "@/lib/ports/clock.ts";
import type { Log } from "@/lib/ports/log.ts";
import type { Receiver } from "@/lib/ports/receiver.ts";

import type { SendRequest } from "./http_delivery.ts";
import type { OpenMailer } from "./mailer.ts";

/** The world, as receivers need it. */
export interface ReceiverTools {
  /** Sends HTTP requests. */
  readonly request: SendRequest;
  /** Opens connections to mail servers. */
  readonly openMailer: OpenMailer;
  /** Dates messages. */
  readonly clock: Clock;
  /** The receiver of kind `log`. */
  readonly log: Log;
}

/** Tries once, see {@linkcode Receiver.deliver}. */
export type Deliver = Receiver["deliver"];
