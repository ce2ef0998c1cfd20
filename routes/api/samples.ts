/**
 * Takes samples over HTTP: one, a list, or a sample a line. All of a request are taken, or none.
 *
 * @module
 */

import type { Context } from "fresh";

import type { Metric } from "@/lib/domain/metric.ts";
import { takeSamples } from "@/lib/protocol/intake.ts";
import { decodeUtf8 } from "@/lib/protocol/json_text.ts";
import { readSampleForm } from "@/lib/protocol/media_type.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readBody } from "@/lib/protocol/read_body.ts";
import { parseSampleBatch } from "@/lib/protocol/sample_batch.ts";
import { type ParseSample, sampleParser } from "@/lib/protocol/sample_body.ts";
import { define, type State } from "@/utils.ts";

/** Making a parser takes longer than using it; it goes when its table of metrics does. */
const parsers = new WeakMap<readonly Metric[], ParseSample>();

/** Answers `POST`. */
export const handler = define.handlers(serveMethods({ POST: postSamples }));

async function postSamples({ req, state }: Context<State>): Promise<Response> {
  const { monitor, gate } = state;
  const form = readSampleForm(req.headers);
  const text = decodeUtf8(await readBody(req, monitor.limits().bodyBytes));
  const parseSample = parserOf(monitor.metrics());
  const { samples, locate } = parseSampleBatch(text, { form, parseSample });
  return await takeSamples(samples, { monitor, gate, locate });
}

function parserOf(metrics: readonly Metric[]): ParseSample {
  const known = parsers.get(metrics);
  if (known !== undefined) return known;
  const parser = sampleParser(metrics);
  parsers.set(metrics, parser);
  return parser;
}
