/**
 * In which form errors are told, by path.
 *
 * @module
 */

import { barePath } from "./bare_path.ts";

/** A page for people, a problem (RFC 9457) or what clients of Alertmanager read, or what OpenTelemetry reads. */
export type ErrorForm = "page" | "problem" | "otlp";

/**
 * Returns the form of all errors of a path. Below `/api/` programs read; `/api` itself is a page.
 *
 * @example
 * ```ts
 * import { errorFormOf } from "@/lib/protocol/error_form.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(errorFormOf("/api/services"), "problem");
 * assertEquals(errorFormOf("/api/"), "page");
 * assertEquals(errorFormOf("/v1/metrics"), "otlp");
 * ```
 */
export function errorFormOf(pathname: string): ErrorForm {
  const path = barePath(pathname);
  if (path === "/v1/metrics") return "otlp";
  return path.startsWith("/api/") || path === "/metrics" ? "problem" : "page";
}
