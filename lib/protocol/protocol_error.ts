/**
 * The error of a live message that does not follow the protocol.
 *
 * @module
 */

/** Options for {@linkcode ProtocolError}. */
export interface ProtocolErrorOptions extends ErrorOptions {
  /**
   * The close code (RFC 6455, section 7.4.1) that answers such a message.
   *
   * @default {1008}
   */
  readonly code?: number;
}

/** A message of the other side is not as `docs/live.md` says. */
export class ProtocolError extends Error {
  /** Tells it from other errors. */
  override readonly name = "ProtocolError";
  /** The close code that answers it. */
  readonly code: number;

  /** Creates an error whose message also serves as the reason of the close frame. */
  constructor(message: string, options: ProtocolErrorOptions = {}) {
    super(message, options);
    this.code = options.code ?? 1008;
  }
}
