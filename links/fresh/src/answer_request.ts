/**
 * The way of one request through an app, from URL to response.
 *
 * @module
 */

import type { Build } from "./build.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import { Context, scopeOf } from "./context.ts";
import { HttpError } from "./http_error.ts";
import { logError } from "./log.ts";
import { runSteps } from "./middleware/middleware.ts";
import type { Site } from "./routing/site.ts";
import { STATUS_TEXT } from "./status_text.ts";

/** What a request is answered with. */
export interface AnswerRequestOptions<State> {
  /** The routes. */
  readonly site: Site<State>;
  /** The app's configuration. */
  readonly config: ResolvedFreshConfig;
  /** The attached build. */
  readonly build: Build | null;
  /** Where the request came from. */
  readonly info: Deno.ServeHandlerInfo;
}

/** Answers a request; never rejects. */
export async function answerRequest<State>(
  req: Request,
  { site, config, build, info }: AnswerRequestOptions<State>,
): Promise<Response> {
  const url = prepareUrl(req, config.trustProxy);
  // The host of the URL is the request's own header, which may hold anything.
  if (url === null) return new Response(STATUS_TEXT[400], { status: 400 });
  const { steps, route, params } = site.answer(req.method, url.pathname);
  const ctx = new Context<State>({ req, url, info, config, route, params });
  const scope = scopeOf(ctx);
  scope.build = build;
  let response: Response;
  try {
    response = await runSteps(steps, ctx);
  } catch (error) {
    response = answerError(error, url);
  }
  for (const finish of scope.finishers) response = finish(response);
  return req.method === "HEAD" ? await withoutBody(response) : response;
}

/** Returns `null` if the request does not say which URL it wants. */
function prepareUrl(req: Request, trustProxy: boolean): URL | null {
  const url = URL.parse(req.url);
  if (url === null) return null;
  if (url.pathname.includes("//")) {
    url.pathname = url.pathname.replace(/\/{2,}/g, "/");
  }
  if (!trustProxy) return url;
  const protocol = req.headers.get("x-forwarded-proto");
  const host = req.headers.get("x-forwarded-host");
  if (protocol !== null) url.protocol = protocol;
  if (host !== null) url.host = host;
  return url;
}

/** The answer when no error page gives one. */
function answerError(error: unknown, url: URL): Response {
  if (!(error instanceof HttpError)) {
    logError(`Cannot serve ${url.pathname}`, error);
    return new Response("Internal server error", { status: 500 });
  }
  const { status } = error;
  if (status >= 500) logError(`Cannot serve ${url.pathname}`, error);
  return new Response(error.message || STATUS_TEXT[status], { status });
}

async function withoutBody(response: Response): Promise<Response> {
  if (response.body === null) return response;
  await response.body.cancel();
  const { headers, status, statusText } = response;
  return new Response(null, { headers, status, statusText });
}
