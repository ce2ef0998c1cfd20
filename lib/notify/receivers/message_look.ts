/**
 * How bad a message is, for the eye: by colour and by shape.
 *
 * @module
 */

import type { Notification } from "@/lib/domain/notification.ts";

/** What decides over the look. */
export type Looked = Pick<Notification, "state" | "severity">;

interface Look {
  readonly colour: string;
  readonly mark: string;
}

const RESOLVED: Look = { colour: "#2eb67d", mark: "🟢" };
const TEST: Look = { colour: "#6b7fff", mark: "🔔" };
const FIRING: Readonly<Record<Notification["severity"], Look>> = {
  critical: { colour: "#e01e5a", mark: "🔴" },
  warning: { colour: "#ecb22e", mark: "🟠" },
};

/** Returns the colour as `#rrggbb`. */
export function colourOf(notification: Looked): string {
  return lookOf(notification).colour;
}

/** Returns a mark in front of the title. */
export function markOf(notification: Looked): string {
  return lookOf(notification).mark;
}

function lookOf({ state, severity }: Looked): Look {
  switch (state) {
    case "firing":
      return FIRING[severity];
    case "resolved":
      return RESOLVED;
    case "test":
      return TEST;
  }
}
