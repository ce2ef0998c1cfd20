/** How many alerts are how. @module */

import { formatCount } from "./language.ts";

export const groupWords = {
  open: "firing",
  acknowledged: "acknowledged",
  muted: "muted",
  pending: "pending",
} as const;

export function counted(count: number, group: string): string {
  return `${formatCount(count)} ${group}`;
}
