/**
 * Shows one alert with its whole life, and who was told of it.
 *
 * @module
 */

import type { Context } from "fresh";

import { describeDecision } from "@/lib/domain/describe_decision.ts";
import { explainAlert } from "@/lib/domain/explain.ts";
import { quote } from "@/lib/domain/quote.ts";
import { findAlertDetail } from "@/lib/history/find_alert_detail.ts";
import { serveMethods } from "@/lib/protocol/methods.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { define, type State } from "@/utils.ts";

/** Answers `GET`. */
export const handler = define.handlers(serveMethods({ GET: showAlert }));

async function showAlert({ params, state }: Context<State>): Promise<Response> {
  const id = readParam(params.id);
  const detail = await findAlertDetail(id, state);
  if (detail === undefined) throw new ProblemError(404, `There is no alert ${quote(id)}`);
  const { alert, transitions, notifications } = detail;
  return Response.json({
    alert: { ...alert, explanation: explainAlert(alert, state.now()) },
    transitions,
    notifications: notifications.map((entry) => {
      return { ...entry, explanation: describeDecision(entry.decision) };
    }),
  });
}
