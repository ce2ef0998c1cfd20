/**
 * Lists firing alerts as Alertmanager does.
 *
 * @module
 */

import type { Context } from "fresh";

import { serveMethods } from "@/lib/protocol/methods.ts";
import { readAlerts } from "@/routes/api/v2/(_read)/read_alerts.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. Alerts are not taken from others: Vitals makes its own, of samples. */
export const handler = define.handlers(serveMethods({
  GET: (ctx: Context<State>) => Response.json(readAlerts(ctx)),
}));
