/** The bar of every live page: the connection, and the bell. @module */

export const connecting = "Connecting…";
export const reconnecting = "Reconnecting…";

export function reconnectingIn(seconds: string): string {
  return `Reconnecting in ${seconds} s`;
}

/** The round trip may not be known. */
export function live(roundTripMs: string | null, samplesPerSecond: string): string {
  const trip = roundTripMs === null ? "" : ` · ${roundTripMs} ms`;
  return `Live${trip} · ${samplesPerSecond} samples/s`;
}

export const retryNow = "Retry now";

export const loading = "Loading…";

export function bell(isOn: boolean): string {
  return `Call me when an alert fires: ${isOn ? "on" : "off"}`;
}
