/**
 * Where Vitals listens, from the environment.
 *
 * @module
 */

/** What is read of the environment; a name that is not set is `undefined`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A place to listen. */
export interface ListenAddress {
  /** A name or an address, an IPv6 one without brackets. */
  readonly hostname: string;
  /** 0 asks for any free port. */
  readonly port: number;
}

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 8000;
const LAST_PORT = 65_535;

/** Names as in RFC 1123, and IPv4 and IPv6 addresses; the system says which of them exist. */
const HOSTNAME = /^[0-9A-Za-z._:-]+$/;

/**
 * Reads `HOST` and `PORT`; one that is not set or empty takes its default, 127.0.0.1 and 8000.
 *
 * @throws {RangeError} If one of them cannot be listened on.
 */
export function parseListenAddress({ HOST, PORT }: Environment): ListenAddress {
  return { hostname: parseHost(HOST || DEFAULT_HOST), port: parsePort(PORT || `${DEFAULT_PORT}`) };
}

/** Formats an address as the host of a URL, such as `127.0.0.1:8000` or `[::1]:8000`. */
export function formatListenAddress({ hostname, port }: ListenAddress): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/**
 * Returns the host of a URL under which somebody on this machine finds what listens on an address: those that
 * mean "all of this machine's" are none to visit.
 */
export function visitAddress(address: ListenAddress): string {
  const isAny = address.hostname === "0.0.0.0" || address.hostname === "::";
  return formatListenAddress(isAny ? { ...address, hostname: "localhost" } : address);
}

/** An attempt to listen that failed. */
export interface ListenFailure {
  readonly address: ListenAddress;
  /** What was thrown. */
  readonly error: unknown;
  /** The task that tried, for the proposal. */
  readonly task: "start" | "dev";
}

/** Says in one line why an address could not be listened on. */
export function formatListenFailure(failure: ListenFailure): string {
  return `Cannot listen on ${formatListenAddress(failure.address)}: ${reasonOf(failure)}`;
}

function reasonOf({ address: { port }, error, task }: ListenFailure): string {
  if (error instanceof Deno.errors.AddrInUse) {
    const other = port < LAST_PORT ? port + 1 : port - 1;
    return `the port is taken; set PORT to another one, for example PORT=${other} deno task ${task}`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return "this machine does not have that address; set HOST to one that it has";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the system does not permit it; set PORT to one above 1023";
  }
  return error instanceof Error ? error.message : String(error);
}

function parseHost(text: string): string {
  const hostname = text.replace(/^\[(.*)\]$/, "$1");
  if (HOSTNAME.test(hostname)) return hostname;
  throw new RangeError(`Cannot use HOST "${text}": it must be a name or an address`);
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= LAST_PORT) return port;
  throw new RangeError(`Cannot use PORT "${text}": it must be a whole number from 0 to 65535`);
}
