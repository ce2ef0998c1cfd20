/**
 * Serving a handler on a port.
 *
 * @module
 */

import type { ListenOptions } from "./config.ts";
import { logNotice } from "./log.ts";

const FIRST_PORT = 8000;
const LAST_PORT = 8019;

/**
 * Serves until the signal aborts.
 *
 * @param basePath The app's base path, for the banner.
 * @throws {Deno.errors.AddrInUse} If no port is free.
 */
export async function listen(
  handler: Deno.ServeHandler<Deno.NetAddr>,
  basePath: string,
  { remoteAddress, ...options }: ListenOptions,
): Promise<void> {
  const serveOptions: ListenOptions = {
    onListen: (address) => logNotice(banner(address, basePath, remoteAddress)),
    ...options,
  };
  await serve(handler, serveOptions).finished;
}

function serve(
  handler: Deno.ServeHandler<Deno.NetAddr>,
  options: ListenOptions,
): Deno.HttpServer<Deno.NetAddr> {
  if (options.port !== undefined) return Deno.serve(options, handler);
  let firstError: unknown;
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    try {
      return Deno.serve({ ...options, port }, handler);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      firstError ??= error;
    }
  }
  throw firstError;
}

function banner(address: Deno.NetAddr, basePath: string, remoteAddress?: string): string {
  const hostname = address.hostname === "0.0.0.0" ? "localhost" : address.hostname;
  const local = `http://${hostname}:${address.port}${basePath}/`;
  const remote = remoteAddress === undefined ? "" : ` (${remoteAddress})`;
  return `Fresh ready: ${local}${remote}`;
}
