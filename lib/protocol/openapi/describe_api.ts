/**
 * The description of the API as it is served: made once for each table of metrics.
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";

import { createDocument, type OpenApiDocument } from "./openapi_document.ts";

/** Making a description takes long; it goes when its table of metrics does. */
const documents = new WeakMap<readonly Metric[], OpenApiDocument>();

/** Returns the description for a table of metrics. */
export function describeApi(metrics: readonly Metric[], version: string): OpenApiDocument {
  const known = documents.get(metrics);
  if (known !== undefined) return known;
  const document = createDocument({ metrics, version });
  documents.set(metrics, document);
  return document;
}
