/**
 * Lists firing alerts in groups as Alertmanager does.
 *
 * @module
 */

import type { Context } from "fresh";

import { groupAlerts } from "@/lib/alertmanager/alert_group.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readAlerts } from "@/routes/api/v2/(_read)/read_alerts.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({
  GET: (ctx: Context<State>) => Response.json(groupAlerts(readAlerts(ctx))),
}));
