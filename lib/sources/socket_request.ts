/**
 * The adapter to HTTP over sockets: each request has a connection of its own, so that it sees what a new visitor
 * sees: the name is looked up, the certificate checked, and an address that is refused gets nothing.
 *
 * @module
 */

import { Agent, type IncomingMessage, request as createRequest } from "node:http";
import type { Duplex } from "node:stream";

import { type OpenedSocket, type OpenSocket, openSocket } from "./open_socket.ts";
import type { SendInit, SendRequest, WebAnswer } from "./web_fetch.ts";

/** What {@linkcode createSocketRequest} needs. */
export interface SocketRequestOptions {
  /** Whether addresses that are not public are refused. */
  readonly denyPrivate: boolean;
  /** Opens connections. @default {openSocket} */
  readonly open?: OpenSocket;
  /** Who may vouch for hosts, as PEM. @default {those that the machine trusts} */
  readonly authority?: string;
}

/** Returns what sends requests; the answers are not decoded, and none is asked for in a coded form. */
export function createSocketRequest(options: SocketRequestOptions): SendRequest {
  const { denyPrivate, open = openSocket, authority } = options;
  return async (url, init) => {
    const { hostname, port, protocol } = new URL(url);
    const isSecure = protocol === "https:";
    const opened = await open({
      ...{ hostname, port: Number(port) || (isSecure ? 443 : 80), isSecure, denyPrivate },
      ...(authority === undefined ? {} : { authority }),
    }, init.signal);
    const { socket } = opened;
    const abort = () => void socket.destroy(init.signal.reason);
    init.signal.addEventListener("abort", abort);
    socket.once("close", () => init.signal.removeEventListener("abort", abort));
    try {
      return toAnswer(await exchange(new URL(url), init, opened), opened);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };
}

/** Hands out one connection that is there already. */
class GivenSocket extends Agent {
  readonly protocol: string;
  readonly #socket: Duplex;

  constructor(socket: Duplex, protocol: string) {
    super({ keepAlive: false });
    this.protocol = protocol;
    this.#socket = socket;
  }

  override createConnection(): Duplex {
    return this.#socket;
  }
}

async function exchange(
  { hostname, port, protocol, pathname, search }: URL,
  { method, headers, body }: SendInit,
  { socket }: OpenedSocket,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = createRequest({
    ...{ method, protocol, host: hostname.replace(/^\[(.*)\]$/, "$1"), path: pathname + search },
    port: port === "" ? null : Number(port),
    headers: { host: port === "" ? hostname : `${hostname}:${port}`, ...headers },
    agent: new GivenSocket(socket, protocol),
  });
  request.on("error", reject);
  request.once("response", resolve);
  request.once("close", () => reject(new Error("it was closed")));
  if (body === null) request.end();
  else request.end(body);
  return await promise;
}

function toAnswer(
  message: IncomingMessage,
  { socket, certificateEndsAt }: OpenedSocket,
): WebAnswer {
  // Whoever does not read to the end hears of no error.
  message.on("error", () => {});
  return {
    status: message.statusCode ?? 0,
    headers: readHeaders(message.rawHeaders),
    certificateEndsAt,
    body: {
      [Symbol.asyncIterator]: () => readBody(message, socket),
      cancel: () => {
        socket.destroy();
        return Promise.resolve();
      },
    },
  };
}

async function* readBody(
  message: IncomingMessage,
  socket: Duplex,
): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of message) yield chunk;
    if (!message.complete) throw new Error("it was closed");
  } finally {
    socket.destroy();
  }
}

/** A header that is none is left out. */
function readHeaders(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    try {
      headers.append(raw[index] ?? "", raw[index + 1] ?? "");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return headers;
}
