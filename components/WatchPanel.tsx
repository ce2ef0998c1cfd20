/**
 * The switches for being called when an alert fires.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import * as words from "@/texts/watch.ts";

import type { Watch } from "./watch.ts";
import { type WatchSettings, writeWatchSettings } from "./watch_settings.ts";

/** Props of {@linkcode WatchPanel}. */
export interface WatchPanelProps {
  readonly watch: Pick<Watch, "settings" | "callers" | "place">;
}

/** Renders two switches, and what stands in their way. Permission is asked for by switching on alone. */
export function WatchPanel({ watch }: WatchPanelProps): VNode {
  const { settings, callers, place } = watch;
  const permission = useSignal(readPermission());
  const choose = (change: Partial<WatchSettings>) => {
    settings.value = { ...settings.peek(), ...change };
    writeWatchSettings(place, settings.peek());
  };
  const toggleMessages = async () => {
    if (settings.peek().notifies) return choose({ notifies: false });
    permission.value = "Notification" in globalThis
      ? await Notification.requestPermission()
      : "missing";
    choose({ notifies: permission.peek() === "granted" });
  };
  const toggleSound = () => {
    choose({ sounds: !settings.peek().sounds });
    if (settings.peek().sounds) callers.sound([{ severity: "warning" }]);
  };
  const { notifies, sounds } = settings.value;
  const isGranted = permission.value === "granted";
  return (
    <>
      <h2>{words.title}</h2>
      <Switch
        name="messages"
        caption={words.notification}
        hint={explainMessages(notifies, permission.value)}
        isOn={notifies && isGranted}
        onToggle={toggleMessages}
      />
      <Switch
        name="sound"
        caption={words.sound}
        hint={sounds ? words.soundOn : words.off}
        isOn={sounds}
        onToggle={toggleSound}
      />
      <p>{words.which}</p>
    </>
  );
}

type Permission = NotificationPermission | "missing";

function readPermission(): Permission {
  return "Notification" in globalThis ? Notification.permission : "missing";
}

function explainMessages(notifies: boolean, permission: Permission): string {
  switch (permission) {
    case "missing":
      return words.unavailable;
    case "denied":
      return words.blocked;
    case "default":
    case "granted":
      return notifies && permission === "granted" ? words.on : words.off;
  }
}

interface SwitchProps {
  /** A part of its id. */
  readonly name: string;
  readonly caption: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** It shows what is so, not what was asked for: permission may be refused. A check box would move by itself. */
function Switch({ name, caption, hint, isOn, onToggle }: SwitchProps): VNode {
  const hintId = `watch-${name}`;
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-label={caption}
      aria-checked={isOn}
      aria-describedby={hintId}
      onClick={onToggle}
    >
      <span>
        {caption}
        <small id={hintId}>{hint}</small>
      </span>
      <span class="track" aria-hidden="true" />
    </button>
  );
}
