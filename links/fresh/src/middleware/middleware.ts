/**
 * Middlewares and how a chain of them runs.
 *
 * @module
 */

import type { Context } from "../context.ts";
import { HttpError } from "../http_error.ts";

/** A function that gives the value itself, later. */
export type Lazy<T> = () => Promise<T>;

/** A value, or a function that gives it later. */
export type MaybeLazy<T> = T | Lazy<T>;

/** Answers a request, or hands it on with `ctx.next()` and returns that response. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** A middleware that may at its first call resolve to the function to use from then on. */
export type MaybeLazyMiddleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response | Middleware<State>>;

/** One place in a chain. Chains share it, so that a lazy function is resolved once for all. */
export interface Step<State> {
  /** The function that runs here. */
  run: MaybeLazyMiddleware<State>;
}

/**
 * Runs a chain. Whatever is thrown in it is kept in `ctx.error` on its way out.
 *
 * @throws {HttpError} 404 if the last function calls `ctx.next()`.
 * @throws {TypeError} If a function returns something else than a response.
 */
export function runSteps<State>(
  steps: readonly Step<State>[],
  ctx: Context<State>,
): Promise<Response> {
  async function runFrom(index: number): Promise<Response> {
    ctx.next = () => runFrom(index + 1);
    try {
      const step = steps[index];
      if (step === undefined) throw new HttpError(404);
      return await runStep(step, ctx);
    } catch (error) {
      ctx.error = error;
      throw error;
    }
  }
  return runFrom(0);
}

async function runStep<State>(step: Step<State>, ctx: Context<State>): Promise<Response> {
  let result = await step.run(ctx);
  if (typeof result === "function") {
    step.run = result;
    result = await result(ctx);
  }
  if (result instanceof Response) return result;
  throw new TypeError(
    `Cannot answer ${ctx.req.method} ${ctx.url.pathname}: a handler or middleware returned ${
      result === null ? "null" : typeof result
    }, where a Response is needed`,
  );
}
