/** Uptime in words. @module */

export const noRecord = "no record";

export function percent(number: string): string {
  return `${number} %`;
}
