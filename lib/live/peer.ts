/**
 * The port to whoever is connected to the live hub.
 *
 * @module
 */

/** One live connection, as the hub sees it. */
export interface Peer {
  /** Bytes handed to {@linkcode Peer.send} that have not left for the network yet. */
  readonly bufferedBytes: number;
  /** Sends a text frame without waiting; it may throw when the connection is broken. */
  send(text: string): void;
  /** Closes the connection. `reason` has at most 123 bytes. Closing a closed one does nothing. */
  close(code: number, reason: string): void;
}
