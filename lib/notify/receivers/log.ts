/**
 * The receiver that writes into Vitals' own log.
 *
 * @module
 */

import type { Deliver, ReceiverTools } from "./receiver_tools.ts";

/** Returns what writes a line for each notification; one that is critical as a warning. */
export function deliverLog(_target: unknown, { log }: Pick<ReceiverTools, "log">): Deliver {
  return ({ title, reason, severity, service, url, state }) => {
    const fields = { title, reason, severity, service, url };
    if (state === "firing" && severity === "critical") log.warn("notification", fields);
    else log.info("notification", fields);
    return Promise.resolve({ kind: "delivered", detail: "written to the log" });
  };
}
