/**
 * Takes metrics over OTLP/HTTP, as protobuf and as JSON. Each resource counts by itself: what of an export
 * cannot be taken is told as a partial success. Errors are answered by `web_app.ts`.
 *
 * @module
 */

import type { Context } from "fresh";

import type { OtlpExport } from "@/lib/domain/otlp/otlp_export.ts";
import type { OtlpSender } from "@/lib/ports/otlp_intake.ts";
import type { SourceFailure } from "@/lib/ports/sample_source.ts";
import { inflate } from "@/lib/protocol/inflate.ts";
import { requireRoom, untilKept } from "@/lib/protocol/intake.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { answerExport, describeOutcome } from "@/lib/protocol/otlp/otlp_answer.ts";
import { type OtlpEncoding, readOtlpForm } from "@/lib/protocol/otlp/otlp_encoding.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { readBody } from "@/lib/protocol/read_body.ts";
import { checkServiceName } from "@/lib/protocol/sample_body.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST`. */
export const handler = define.handlers(serveMethods({ POST: takeExport }));

async function takeExport(ctx: Context<State>): Promise<Response> {
  const { otlp, gate } = ctx.state;
  const sender = readSender(ctx);
  const { sent, encoding } = await readExport(ctx, sender);
  requireRoom(gate);
  const outcome = otlp.take(sent, sender);
  await untilKept(gate);
  return await answerExport(encoding, describeOutcome(outcome));
}

/** Behind a proxy that is trusted the address is what that one says. */
function readSender({ state, url }: Context<State>): OtlpSender {
  const address = state.caller?.client.address ?? "unknown";
  const service = url.searchParams.get("service");
  const issue = service === null ? null : checkServiceName(service, "service");
  if (issue === null) return { service, address };
  throw new ProblemError(400, `Cannot take the export: "service" in the address ${issue.message}`);
}

interface ReadExport {
  readonly sent: OtlpExport;
  readonly encoding: OtlpEncoding;
}

/** What cannot be read is about no service, unless the address says so. */
async function readExport(
  { req, state }: Context<State>,
  sender: OtlpSender,
): Promise<ReadExport> {
  try {
    return await decodeRequest(req, state.monitor.limits().bodyBytes);
  } catch (error) {
    if (error instanceof ProblemError) state.otlp.noteUnreadable(sender, explain(error));
    throw error;
  }
}

async function decodeRequest(req: Request, maxBytes: number): Promise<ReadExport> {
  const { encoding, compression } = readOtlpForm(req.headers);
  const packed = await readBody(req, maxBytes);
  const body = compression === null ? packed : await inflate(packed, { compression, maxBytes });
  const { decodeExport } = await import("@/lib/protocol/otlp/decode_export.ts");
  return { sent: decodeExport(body, encoding), encoding };
}

function explain({ problem, message }: ProblemError): SourceFailure {
  return { reason: problem.status === 413 ? "too large" : "not otlp", detail: message };
}
