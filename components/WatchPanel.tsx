/**
 * The switches for being called when an alert fires.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

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
      <h2>While this page is open</h2>
      <Switch
        caption="Browser notification"
        hint={explainMessages(notifies, permission.value)}
        isOn={notifies && isGranted}
        onToggle={toggleMessages}
      />
      <Switch
        caption="Sound"
        hint={sounds ? "On: a short tone for each new alert" : "Off"}
        isOn={sounds}
        onToggle={toggleSound}
      />
      <p>Only for alerts that newly fire and are not muted.</p>
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
      return "This browser has none, or only for pages with HTTPS or on localhost";
    case "denied":
      return "Blocked: allow notifications for this page in the browser's settings";
    case "default":
    case "granted":
      return notifies && permission === "granted" ? "On" : "Off";
  }
}

interface SwitchProps {
  readonly caption: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** It shows what is so, not what was asked for: permission may be refused. A check box would move by itself. */
function Switch({ caption, hint, isOn, onToggle }: SwitchProps): VNode {
  const hintId = `watch ${caption}`.replaceAll(" ", "-");
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
