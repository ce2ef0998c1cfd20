/**
 * The adapter to sockets: opens one to a host, with TLS or without, and looks first at the address that the name
 * stands for. Deno gives permissions by name and port, so no look-up of its own is possible: the socket looks
 * up, and tells what it found before it connects to just that.
 *
 * @module
 */

import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

import type { Instant } from "@/lib/domain/instant.ts";

import { isPrivateAddress, PrivateAddressError } from "./private_address.ts";

/** Where to connect to, and how. */
export interface SocketRequest {
  /** A name or an address; one of IPv6 may stand in brackets. */
  readonly hostname: string;
  /** The port. */
  readonly port: number;
  /** Whether TLS is spoken. */
  readonly isSecure: boolean;
  /** Whether addresses that are not public are refused. */
  readonly denyPrivate: boolean;
  /** Who may vouch for the host, as PEM. @default {those that the machine trusts} */
  readonly authority?: string;
}

/** A connection. */
export interface OpenedSocket {
  /** It is the caller's to destroy; its errors after this are heard by nobody. */
  readonly socket: Socket;
  /** Until when the certificate is valid; `null` without TLS. */
  readonly certificateEndsAt: Instant | null;
}

/** Opens a connection. */
export type OpenSocket = (request: SocketRequest, signal: AbortSignal) => Promise<OpenedSocket>;

/**
 * Opens a real connection.
 *
 * @throws {PrivateAddressError} If the address is refused; nothing was sent to it then.
 * @throws {unknown} The error of the system or of TLS, or the reason of the signal.
 */
export async function openSocket(
  { hostname, port, isSecure, denyPrivate, authority }: SocketRequest,
  signal: AbortSignal,
): Promise<OpenedSocket> {
  signal.throwIfAborted();
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (denyPrivate && isIP(host) !== 0) checkAddress(host);
  const socket = connect({ host, port });
  const abort = () => void socket.destroy(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    const connected = waitFor(socket, "connect");
    if (denyPrivate) socket.on("lookup", (_, address) => destroyPrivate(socket, address));
    await connected;
    // A second time, because this is the address that counts.
    if (denyPrivate) checkAddress(socket.remoteAddress);
    return isSecure ? await secure({ socket, host, authority }) : {
      socket,
      certificateEndsAt: null,
    };
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function checkAddress(address: string | undefined): void {
  if (address === undefined || isPrivateAddress(address)) {
    throw new PrivateAddressError(address ?? "an unknown address");
  }
}

/** Of several addresses each must be public: which of them is taken is up to the socket. */
function destroyPrivate(socket: Socket, address: string | undefined): void {
  if (address !== undefined && isPrivateAddress(address)) {
    socket.destroy(new PrivateAddressError(address));
  }
}

interface Unsecured {
  readonly socket: Socket;
  readonly host: string;
  readonly authority: string | undefined;
}

async function secure({ socket, host, authority }: Unsecured): Promise<OpenedSocket> {
  const secured = connectTls({
    ...{ socket, host, ALPNProtocols: ["http/1.1"] },
    // An address is no server name (RFC 6066, section 3).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(authority === undefined ? {} : { ca: authority }),
  });
  socket.once("error", (error) => secured.destroy(error));
  await waitFor(secured, "secureConnect");
  const endsAt = Date.parse(secured.getPeerCertificate().valid_to);
  return { socket: secured, certificateEndsAt: Number.isNaN(endsAt) ? null : endsAt };
}

/** The socket is listened to for life: an error that nobody hears is thrown. */
async function waitFor(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on("error", reject);
  socket.once(event, () => resolve());
  socket.once("close", () => reject(new Error("it was closed")));
  await promise;
}
