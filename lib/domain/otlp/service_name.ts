/**
 * Names of services as OpenTelemetry has them, and what they are called in Vitals.
 *
 * @module
 */

import { SERVICE_NAME } from "../sample.ts";

/** Which service a resource is, or why that cannot be said. */
export type ResourceService =
  | { readonly kind: "named"; readonly service: string }
  | { readonly kind: "nameless"; readonly problem: string };

const ADVICE = "set OTEL_SERVICE_NAME, or add ?service=<name> to the URL of the exporter";

/** What SDKs call a process that nobody has named (OpenTelemetry resource conventions, "service.name"). */
const UNKNOWN = /^unknown_service(?::|$)/;

/**
 * Returns the service of a resource by its `service.name`: in lower case, each run of other characters than
 * `a-z 0-9 . _ -` one hyphen, without hyphens at the ends, at most 64 characters.
 *
 * @example
 * ```ts
 * import { serviceOfResource } from "@/lib/domain/otlp/service_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const found = serviceOfResource({ "service.name": "Checkout Service (EU)" });
 * assertEquals(found, { kind: "named", service: "checkout-service-eu" });
 * ```
 */
export function serviceOfResource(
  attributes: Readonly<Record<string, string>>,
): ResourceService {
  const name = attributes["service.name"] ?? "";
  if (name === "") return nameless("a resource without service.name");
  if (UNKNOWN.test(name)) return nameless(`the resource ${JSON.stringify(name.slice(0, 64))}`);
  const service = cleanServiceName(name);
  if (SERVICE_NAME.test(service)) return { kind: "named", service };
  return nameless(`service.name ${JSON.stringify(name.slice(0, 64))}`);
}

/** Returns a name as near to one as it can be; it is none if nothing of it can be kept. */
function cleanServiceName(name: string): string {
  const clean = name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return clean.slice(0, 64);
}

function nameless(what: string): ResourceService {
  return { kind: "nameless", problem: `Cannot tell which service is meant by ${what}; ${ADVICE}` };
}
