/**
 * A network of sockets that go nowhere: the test plays the server.
 *
 * @module
 */

import type { SocketLike } from "@/lib/protocol/live_connection.ts";
import type { ServerMessage } from "@/lib/protocol/live_message.ts";

interface Listeners {
  open: (() => void)[];
  message: ((event: { readonly data: unknown }) => void)[];
  close: ((event: { readonly code: number }) => void)[];
}

/** One socket; what the client sent is in `sent`. */
export class FakeSocket implements SocketLike {
  readonly sent: string[] = [];
  isClosed = false;
  readonly #listeners: Listeners = { open: [], message: [], close: [] };

  constructor(readonly url: string) {}

  addEventListener<Type extends keyof Listeners>(type: Type, listener: Listeners[Type][0]): void {
    const listeners: Listeners[Type][0][] = this.#listeners[type];
    listeners.push(listener);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
  }

  /** The server accepts. */
  accept(): void {
    for (const listener of this.#listeners.open) listener();
  }

  /** The server sends a message. */
  deliver(message: ServerMessage): void {
    for (const listener of this.#listeners.message) listener({ data: JSON.stringify(message) });
  }

  /** The server, or the network, ends it. */
  drop(code = 1006): void {
    for (const listener of this.#listeners.close) listener({ code });
  }
}

/** Opens fake sockets and keeps them, the newest last. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];

  readonly open = (url: string): FakeSocket => {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket;
  };

  /** The newest socket. */
  get latest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new RangeError("Cannot return a socket: none was opened");
    return socket;
  }
}
