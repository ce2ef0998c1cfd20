/**
 * Calls a person when an alert fires: by a message of the browser, or by a tone. Loaded only where one is
 * switched on.
 *
 * @module
 */

import type { AnnouncedAlert } from "@/lib/domain/announcement.ts";
import * as words from "@/texts/watch.ts";

import { alertPath } from "./addresses.ts";

/** What a message of the browser says. */
export interface BrowserMessage {
  readonly title: string;
  readonly body: string;
  /** Messages with the same one replace each other, also those of other tabs. */
  readonly tag: string;
  /** Where it leads. */
  readonly path: string;
}

/** Returns the message for alerts that fire, at least one; several at once are one message. */
export function composeMessage(alerts: readonly AnnouncedAlert[]): BrowserMessage {
  const [first] = alerts;
  if (first === undefined) throw new RangeError("Cannot compose a message: there is no alert");
  const isCritical = alerts.some((alert) => alert.severity === "critical");
  const severity = words.severities[isCritical ? "critical" : "warning"];
  if (alerts.length === 1) {
    return {
      title: words.oneAlert(severity, first.service),
      body: first.rule,
      tag: first.id,
      path: alertPath(first.id),
    };
  }
  return {
    title: words.severalAlerts(severity, alerts.length),
    body: alerts.slice(0, 5).map(({ service, rule }) => `${service}: ${rule}`).join("\n"),
    tag: `${first.id} +${alerts.length}`,
    path: "/alerts",
  };
}

/** Shows a message, if the browser may. */
export function showMessage({ title, body, tag, path }: BrowserMessage): void {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  try {
    const shown = new Notification(title, { body, tag, icon: "/favicon-down.svg" });
    shown.addEventListener("click", () => {
      focus();
      location.assign(path);
      shown.close();
    });
  } catch {
    // Chrome on Android lets only service workers do this
  }
}

/** Two tones up for a critical alert, one for another: [hertz, start in seconds]. */
const TONES = { critical: [[660, 0], [880, 0.16]], warning: [[660, 0]] } as const;
const TONE_S = 0.14;
const LOUDNESS = 0.12;

/** Plays tones made by code. Browsers let a page sound once somebody has pressed something on it. */
export class TonePlayer {
  #context: AudioContext | undefined;

  /** Plays the tone that goes with these alerts. */
  async play(alerts: readonly Pick<AnnouncedAlert, "severity">[]): Promise<void> {
    this.#context ??= new AudioContext();
    const context = this.#context;
    await context.resume();
    const isCritical = alerts.some(({ severity }) => severity === "critical");
    for (const [hertz, start] of TONES[isCritical ? "critical" : "warning"]) {
      playTone(context, hertz, context.currentTime + start);
    }
  }
}

/** The tone swells and fades, as an abrupt one clicks. */
function playTone(context: AudioContext, hertz: number, at: number): void {
  const [source, volume] = [context.createOscillator(), context.createGain()];
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.linearRampToValueAtTime(0, at + TONE_S);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_S);
}
