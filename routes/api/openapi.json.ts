/**
 * Describes the API, with the metrics that samples may carry now.
 *
 * @module
 */

import type { Context } from "fresh";

import { describeApi } from "@/lib/protocol/openapi/describe_api.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: ({ state }: Context<State>) => {
    const { version } = state.health();
    return Response.json(describeApi(state.monitor.metrics(), version));
  },
}));
