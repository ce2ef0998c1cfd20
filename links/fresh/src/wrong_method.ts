/**
 * The answer when a path is known, but not for the request's method.
 *
 * @module
 */

import { type Context, scopeOf } from "./context.ts";
import type { Method } from "./handlers.ts";
import { HttpError } from "./http_error.ts";
import { setHeaders } from "./response_headers.ts";

/**
 * Answers OPTIONS, and refuses other methods in a way that names those there are.
 *
 * @throws {HttpError} 405 if the method is not OPTIONS.
 */
export function answerWrongMethod<State>(
  ctx: Context<State>,
  methods: readonly Method[],
): Response {
  const allow = methods.join(", ");
  if (ctx.req.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow } });
  }
  scopeOf(ctx).finishers.push((response) =>
    response.status === 405 ? setHeaders(response, [["allow", allow]]) : response
  );
  throw new HttpError(405);
}
