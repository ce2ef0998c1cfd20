/**
 * Fetching what the page of alerts shows beside the live state.
 *
 * @module
 */

import { type AlertsData, type AlertsQuery, formatAlertsQuery } from "./alerts_data.ts";
import { parseAlertsData } from "./api_answers.ts";
import { callApi } from "./api_client.ts";

/** Returns it as it is now; `undefined` if it cannot be had, in which case the page keeps what it has. */
export async function fetchAlertsData(query: AlertsQuery): Promise<AlertsData | undefined> {
  const path = `/alerts/data${formatAlertsQuery(query)}`;
  const answer = await callApi({ method: "GET", path });
  try {
    return answer.kind === "done" ? parseAlertsData(answer.value) : undefined;
  } catch {
    return undefined; // another version of the server: a reload will tell
  }
}
