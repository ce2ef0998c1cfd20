/**
 * Protection against requests that other sites make in a user's name.
 *
 * @module
 */

import type { Context } from "../context.ts";
import { HttpError } from "../http_error.ts";
import type { Middleware } from "./middleware.ts";

/** Options of {@linkcode csrf}. */
export interface CsrfOptions {
  /** Origins to allow beside the app's own: one, several, or a function that decides. */
  // deno-lint-ignore no-explicit-any -- the origin does not depend on the app's state
  origin?: string | string[] | ((origin: string, ctx: Context<any>) => boolean);
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests from other sites with status 403, except those that change nothing. Behind a
 * proxy that ends TLS the app needs `trustProxy` to know its own origin.
 */
export function csrf<State>(options: CsrfOptions = {}): Middleware<State> {
  return async (ctx) => {
    if (SAFE_METHODS.has(ctx.req.method) || isAllowed(ctx, options)) {
      return await ctx.next();
    }
    throw new HttpError(403);
  };
}

function isAllowed<State>(ctx: Context<State>, options: CsrfOptions): boolean {
  const origin = ctx.req.headers.get("origin");
  const site = ctx.req.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return true;
  // Browsers send the one or the other; without both it is no browser.
  if (origin === null) return site === null;
  if (origin === ctx.url.origin) return true;
  if (typeof options.origin === "function") return options.origin(origin, ctx);
  return [options.origin].flat().includes(origin);
}
