/**
 * The content security policy.
 *
 * @module
 */

import { scopeOf } from "../context.ts";
import { nonceOf } from "../render/render_page.ts";
import { setHeaders } from "../response_headers.ts";
import type { Middleware } from "./middleware.ts";

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /**
   * Whether browsers only report violations.
   *
   * @default {false}
   */
  reportOnly?: boolean;
  /** URL to which browsers report violations. */
  reportTo?: string;
  /** Directives that replace the default of the same name, or are added. */
  csp?: string[];
  /**
   * Whether rendered pages allow inline scripts and styles by nonce instead of all of them.
   *
   * @default {false}
   */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const ENDPOINT = "csp-endpoint";

/**
 * Adds a content security policy to all responses, also to those of error pages. With `useNonce`,
 * scripts and styles of rendered pages get the nonce by themselves; a middleware that replaces such
 * a response loses it.
 */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const directives = mergeDirectives(options.csp ?? []);
  if (options.reportTo !== undefined) {
    directives.push(`report-to ${ENDPOINT}`, `report-uri ${options.reportTo}`);
  }
  const reporting: [string, string][] = options.reportTo === undefined
    ? []
    : [["reporting-endpoints", `${ENDPOINT}="${options.reportTo}"`]];
  const name = options.reportOnly
    ? "content-security-policy-report-only"
    : "content-security-policy";
  const policy = directives.join("; ");
  const addPolicy = (response: Response) => {
    const nonce = options.useNonce ? nonceOf(response) : undefined;
    const value = nonce === undefined
      ? policy
      : directives.map((directive) => withNonce(directive, nonce)).join("; ");
    return setHeaders(response, [[name, value], ...reporting]);
  };
  return async (ctx) => {
    try {
      return addPolicy(await ctx.next());
    } catch (error) {
      // The error page that may answer is outside of this middleware.
      scopeOf(ctx).finishers.push(addPolicy);
      throw error;
    }
  };
}

function mergeDirectives(own: readonly string[]): string[] {
  const merged = new Map(DEFAULTS.map((directive) => [nameOf(directive), directive]));
  for (const directive of own) merged.set(nameOf(directive), directive.trim());
  return [...merged.values()];
}

function nameOf(directive: string): string {
  return directive.trim().split(/\s+/, 1).join("").toLowerCase();
}

function withNonce(directive: string, nonce: string): string {
  if (!/^(script|style|default)-src/.test(directive)) return directive;
  return directive.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`);
}
