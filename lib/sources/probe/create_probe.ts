/**
 * TODO
 *
 * @module
 */

import type { SampleSource } from "@/lib/ports/sample_source.ts";

import type { ServiceOf } from "../create_source.ts";
import type { SourceTools } from "../source_tools.ts";

/** Returns what observes a service. */
export function createProbe({ name }: ServiceOf<"probe">, _tools: SourceTools): SampleSource {
  throw new Error(`TODO ${name}`);
}
