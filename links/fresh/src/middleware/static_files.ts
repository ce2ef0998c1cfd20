/**
 * Sends the files of a build.
 *
 * @module
 */

import { CACHE_KEY } from "../asset.ts";
import type { Build, StaticFile } from "../build.ts";
import { type Context, scopeOf } from "../context.ts";
import { answerWrongMethod } from "../wrong_method.ts";
import type { Middleware } from "./middleware.ts";

const FOR_EVER = "public, max-age=31536000, immutable";
const NEVER = "no-cache, no-store, max-age=0, must-revalidate";

/**
 * Sends static files and the scripts of islands, and hands on every other request. A URL made by
 * {@linkcode asset} is cached for ever.
 */
export function staticFiles<T>(): Middleware<T> {
  return async (ctx) => {
    const { build } = scopeOf(ctx);
    const path = filePath(ctx);
    if (build === null || path === null) return await ctx.next();
    const file = await build.findStatic(path);
    if (file !== null) return await answer(ctx, build, file);
    if (path === "/favicon.ico") return new Response(null, { status: 404 });
    return await ctx.next();
  };
}

/** Returns the path in the form in which builds name their files, or `null` for none. */
function filePath<T>({ url, config: { basePath } }: Context<T>): string | null {
  if (!url.pathname.startsWith(`${basePath}/`)) return null;
  const path = url.pathname.slice(basePath.length);
  if (path === "/") return null;
  try {
    return path.split("/").map((part) => encodeURIComponent(decodeURIComponent(part))).join("/");
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

async function answer<T>(ctx: Context<T>, build: Build, file: StaticFile): Promise<Response> {
  const { req, url } = ctx;
  if (req.method !== "GET" && req.method !== "HEAD") {
    return answerWrongMethod(ctx, ["GET", "HEAD"]);
  }
  const key = url.searchParams.get(CACHE_KEY);
  if (key !== null && key !== build.id) return redirectWithoutKey(url);
  const isVersioned = key !== null ||
    url.pathname.startsWith(`${ctx.config.basePath}/_fresh/js/${build.id}/`);
  const headers = new Headers({
    "content-type": file.contentType,
    "cache-control": isVersioned && build.mode === "production" ? FOR_EVER : NEVER,
    "vary": "If-None-Match",
  });
  if (file.hash !== null) {
    headers.set("etag", `W/"${file.hash}"`);
    if (matchesEtag(req.headers.get("if-none-match"), file.hash)) {
      return new Response(null, { status: 304, headers });
    }
  }
  if (req.method === "HEAD") {
    headers.set("content-length", String(file.size));
    return new Response(null, { headers });
  }
  const bytes = await file.read();
  if (bytes === null) return await ctx.next();
  headers.set("content-length", String(bytes.length));
  return new Response(bytes, { headers });
}

function redirectWithoutKey(url: URL): Response {
  const location = new URL(url);
  location.searchParams.delete(CACHE_KEY);
  return new Response(null, {
    status: 307,
    headers: { location: location.pathname + location.search },
  });
}

function matchesEtag(header: string | null, hash: string): boolean {
  return header?.split(",").some((tag) => {
    const value = tag.trim().replace(/^W\//, "");
    return value === hash || value === `"${hash}"` || value === "*";
  }) ?? false;
}
