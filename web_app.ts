/**
 * The web application: everything that happens to a request before and after its route, in order.
 *
 * @module
 */

import { App, type Context, csp, csrf, HttpError, type Middleware, staticFiles } from "fresh";
import { h } from "preact";

import { alertmanagerError, isAlertmanagerPath } from "@/lib/alertmanager/error_answer.ts";
import { guardAccess } from "@/access_guard.ts";
import { isAllowedOrigin, isOwnHost } from "@/lib/live/origin.ts";
import type { Log } from "@/lib/ports/log.ts";
import { corsHeaders } from "@/lib/protocol/cors.ts";
import { errorFormOf } from "@/lib/protocol/error_form.ts";
import { answerOtlpProblem } from "@/lib/protocol/otlp/otlp_answer.ts";
import { encodingOf } from "@/lib/protocol/otlp/otlp_encoding.ts";
import { plainProblem, ProblemError, problemResponse } from "@/lib/protocol/problem.ts";
import { secureAnswer } from "@/lib/protocol/security_headers.ts";
import ErrorPage from "@/routes/_error.tsx";
import type { State } from "@/utils.ts";

/** What pages need less than a policy usually allows: no fonts, sounds or workers, and no images but files. */
const PAGE_POLICY = [
  ...["base-uri 'none'", "frame-ancestors 'self'", "img-src 'self'"],
  ...["font-src 'none'", "media-src 'none'", "worker-src 'none'"],
];

/**
 * Creates the application. Static files are served at once; all else waits for the monitor.
 *
 * @param runtime The running monitor, or a promise of it. Its own properties become the state of requests.
 * @param log Takes the failures that are our fault.
 */
export function createWebApp(runtime: State | Promise<State>, log: Log): App<State> {
  return new App<State>()
    .use(shareReads)
    .use(secureHeaders)
    .use(csp({ useNonce: true, csp: PAGE_POLICY }))
    .use(answerErrors(log))
    .use(staticFiles())
    .use(provideState(runtime))
    .use(refuseForeignNames)
    .use(csrf({ origin: isConfigured }))
    .use(refuseForeignPages)
    .use(guardAccess)
    .fsRoutes();
}

/**
 * Lets pages of configured origins read. It stands outside of all else, so that errors can be read too. Not
 * Fresh's `cors()`: that answers every OPTIONS itself, writes and unknown paths included, and leaves `Vary` out
 * where an origin is not allowed.
 */
async function shareReads({ next, req, state, url }: Context<State>): Promise<Response> {
  const response = await next();
  // Until the monitor runs, nobody is known to be allowed.
  if (response.status === 101 || state.monitor === undefined) return response;
  const { vary, ...headers } = corsHeaders({
    method: req.method,
    pathname: url.pathname,
    origin: req.headers.get("origin"),
    asked: req.headers.get("access-control-request-method"),
  }, state.monitor.readOrigins());
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (vary !== undefined) response.headers.append("vary", vary);
  return response;
}

/** What says nothing of caches is for whoever asked, and kept by none. */
async function secureHeaders({ next, req }: Context<State>): Promise<Response> {
  const response = await next();
  // The answer that opens a WebSocket is no document.
  if (response.status === 101) return response;
  const { headers } = response;
  secureAnswer(headers, req.headers.get("host") ?? "");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return response;
}

/**
 * Turns errors into answers here and not in an outer error page, so that these too get all headers. Programs
 * get a problem, people get a page; neither gets to know more about a fault of ours than that there is one.
 */
function answerErrors(log: Log): Middleware<State> {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      const { method } = ctx.req;
      const path = ctx.url.pathname;
      if (statusOf(error) >= 500) log.error("request failed", { method, path, ...describe(error) });
      switch (errorFormOf(path)) {
        case "otlp":
          return await answerExporter(error, ctx.req);
        case "problem":
          return answerProblem(error, ctx.url);
        case "page":
          return await answerPage(error, ctx);
      }
    }
  };
}

function answerProblem(error: unknown, { pathname }: URL): Response {
  const { problem, headers } = error instanceof ProblemError
    ? error
    : { problem: plainProblem(statusOf(error)), headers: {} };
  return isAlertmanagerPath(pathname)
    ? alertmanagerError(problem, headers)
    : problemResponse(problem, headers);
}

/** Exporters expect errors in the form of their protocol; without a word on their encoding it is JSON. */
async function answerExporter(error: unknown, { headers }: Request): Promise<Response> {
  const encoding = encodingOf(headers.get("content-type")) ?? "json";
  if (error instanceof ProblemError) return await answerOtlpProblem(encoding, error);
  const problem = plainProblem(statusOf(error));
  return await answerOtlpProblem(encoding, { problem, headers: {} });
}

async function answerPage(error: unknown, ctx: Context<State>): Promise<Response> {
  const page = h(ErrorPage, { error, req: ctx.req, url: ctx.url });
  const own = error instanceof ProblemError ? error.headers : {};
  const headers = { ...own, "cache-control": "no-store" };
  return await ctx.render(page, { status: statusOf(error), headers });
}

/** Gives each request the monitor. A monitor that did not start fails every request. */
function provideState(runtime: State | Promise<State>): Middleware<State> {
  const started = Promise.resolve(runtime);
  // Every request tells of it; until the first one comes, nobody listens.
  started.catch(() => {});
  return async (ctx) => {
    Object.assign(ctx.state, await started);
    return await ctx.next();
  };
}

/** Tells `csrf()`, which knows our own origin only, of those that configuration lists. */
function isConfigured(origin: string, { state }: Context<State>): boolean {
  return isAllowedOrigin(origin, { host: null, configured: state.monitor.origins() });
}

/**
 * On a loopback address, refuses requests under any other name: they come from a page whose own name was made
 * to point here (DNS rebinding), and which `csrf()` would take for ours. It must not even read.
 */
function refuseForeignNames({ next, req, state }: Context<State>): Promise<Response> {
  const isOwn = isOwnHost(
    req.headers.get("host") ?? new URL(req.url).host,
    state.monitor.origins(),
  );
  if (!state.listensOnLoopback || isOwn) return next();
  throw new ProblemError(403, FOREIGN_NAME);
}

const FOREIGN_NAME = "Cannot answer under this name: Vitals listens on a loopback address; " +
  'if it is reached by another name, list that origin in "origins" of the configuration';

/**
 * Refuses what acts (writes, and the live socket, to which browsers apply no rules of their own) when it
 * comes from a page of another site that is not configured. Programs send no `Origin` and pass; of browsers
 * that keep the origin to themselves `csrf()` refuses writes.
 */
function refuseForeignPages({ next, req, state }: Context<State>): Promise<Response> {
  const isRead = req.method === "GET" || req.method === "HEAD" || req.method === "OPTIONS";
  if (isRead && !req.headers.has("upgrade")) return next();
  const rules = { host: req.headers.get("host"), configured: state.monitor.origins() };
  if (isAllowedOrigin(req.headers.get("origin"), rules)) return next();
  throw new ProblemError(403, FOREIGN_PAGE);
}

const FOREIGN_PAGE = "Cannot take this from a page of another site; " +
  'if Vitals is reached there, list its origin in "origins" of the configuration';

function statusOf(error: unknown): number {
  if (error instanceof ProblemError) return error.problem.status;
  return error instanceof HttpError ? error.status : 500;
}

function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { cause, message, stack } = error;
  return { error: message, stack, ...(cause === undefined ? {} : { cause: String(cause) }) };
}
