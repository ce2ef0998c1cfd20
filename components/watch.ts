/**
 * Watching for a person: calls when an alert fires, as far as that is switched on. Loaded only where somebody
 * wants it.
 *
 * @module
 */

import "./live_scripts.ts";
import { type Signal, signal } from "@preact/signals";

import type { AnnouncedAlert } from "@/lib/domain/announcement.ts";

import { composeMessage, showMessage, TonePlayer } from "./alert_calls.ts";
import type { LiveStore } from "./live_store.ts";
import { readWatchSettings, type WatchPlace, type WatchSettings } from "./watch_settings.ts";

export { WatchPanel } from "./WatchPanel.tsx";

/** Ways of calling; those of the browser, unless told otherwise. */
export interface Callers {
  readonly notify: (alerts: readonly AnnouncedAlert[]) => void;
  readonly sound: (alerts: readonly Pick<AnnouncedAlert, "severity">[]) => void;
}

/** A watch that goes on until it is stopped. */
export interface Watch {
  readonly settings: Signal<WatchSettings>;
  readonly callers: Callers;
  readonly place: WatchPlace;
  readonly stop: () => void;
}

/** Begins to call for each alert that is announced from now on. */
export function startWatch(
  store: Pick<LiveStore, "news">,
  place: WatchPlace,
  callers: Callers = browserCallers(),
): Watch {
  const settings = signal(readWatchSettings(place));
  const known = store.news.peek();
  const stop = store.news.subscribe((news) => {
    if (news === known || news.length === 0) return;
    if (settings.peek().notifies) callers.notify(news);
    if (settings.peek().sounds) callers.sound(news);
  });
  return { settings, callers, place, stop };
}

function browserCallers(): Callers {
  const player = new TonePlayer();
  return {
    notify: (alerts) => showMessage(composeMessage(alerts)),
    // A browser that does not let the page sound yet must not break it.
    sound: (alerts) => player.play(alerts).catch(() => {}),
  };
}
