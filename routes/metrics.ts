/**
 * Everything that Vitals knows, as Prometheus reads it.
 *
 * @module
 */

import type { Context } from "fresh";

import {
  EXPOSITION_TYPES,
  type ExpositionFormat,
  writeExposition,
} from "@/lib/domain/exposition.ts";
import { gatherFamilies } from "@/lib/metrics/gather_families.ts";
import type { Measurements } from "@/lib/metrics/measurements.ts";
import { chooseMediaType } from "@/lib/protocol/accept.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: expose }));

function expose({ req, state }: Context<State>): Response {
  const format = chooseFormat(req.headers.get("accept"));
  const pieces = writeExposition(gatherFamilies(measure(state)), format);
  const body = ReadableStream.from(inTurns(pieces, state.turn)).pipeThrough(
    new TextEncoderStream(),
  );
  return new Response(body, {
    headers: { "content-type": EXPOSITION_TYPES[format], vary: "accept" },
  });
}

/** All is gathered at one instant, but with ten thousand services nobody waits until all is written. */
async function* inTurns(pieces: Iterable<string>, turn: State["turn"]): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await turn();
  }
}

/** Who takes neither gets the older format, as from other exporters. */
function chooseFormat(accept: string | null): ExpositionFormat {
  const type = chooseMediaType(accept, ["text/plain", "application/openmetrics-text"]);
  return type === "application/openmetrics-text" ? "openmetrics" : "text";
}

function measure({ monitor, desk, faults, scenarios, ...state }: State): Measurements {
  return {
    metrics: monitor.metrics(),
    services: monitor.readings(),
    alerts: monitor.alerts(EVERY_ALERT),
    silences: desk.silences(),
    maintenance: desk.maintenance(),
    receivers: desk.receivers(),
    notifications: desk.notificationCounts(),
    faults: faults.list(),
    scenario: scenarios.current(),
    health: state.health(),
    counts: state.counts(),
    process: state.process(),
  };
}

const EVERY_ALERT = {
  ...{ state: "active", service: null, severity: null, after: null } as const,
  limit: Number.MAX_SAFE_INTEGER,
};
