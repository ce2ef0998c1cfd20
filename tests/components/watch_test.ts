import { type Signal, signal } from "@preact/signals";
import { assertEquals } from "@std/assert";

import { composeMessage } from "@/components/alert_calls.ts";
import { startWatch, type Watch } from "@/components/watch.ts";
import { readWatchSettings, writeWatchSettings } from "@/components/watch_settings.ts";
import type { AnnouncedAlert } from "@/lib/domain/announcement.ts";

import { FakeDrawer } from "./fake_drawer.ts";
import { alert } from "./views.ts";

const CPU = alert("HIGH_CPU", "auth");
const DOWN = alert("SERVICE_DOWN", "checkout");

Deno.test("startWatch() calls nobody until it is switched on", () => {
  const { news, calls, watch } = start({ notifies: false, sounds: false });
  news.value = [CPU];
  assertEquals(calls, []);
  watch.stop();
});

Deno.test("startWatch() calls in each way that is on, once for each announcement", async (t) => {
  const rows = [
    ["notification", { notifies: true, sounds: false }, ["notify auth"]],
    ["sound", { notifies: false, sounds: true }, ["sound warning"]],
    ["both", { notifies: true, sounds: true }, ["notify auth", "sound warning"]],
  ] as const;
  for (const [name, settings, expected] of rows) {
    await t.step(name, () => {
      const { news, calls, watch } = start(settings);
      news.value = [CPU];
      assertEquals(calls, [...expected]);
      watch.stop();
    });
  }
});

Deno.test("startWatch() does not call for what was announced before it began", () => {
  const { calls, watch } = start({ notifies: true, sounds: true }, [CPU]);
  assertEquals(calls, []);
  watch.stop();
});

Deno.test("startWatch() ends when it is stopped", () => {
  const { news, calls, watch } = start({ notifies: true, sounds: true });
  watch.stop();
  news.value = [CPU];
  assertEquals(calls, []);
});

Deno.test("readWatchSettings() reads back what was written, and takes nothing for off", () => {
  const place = { drawer: () => drawer, key: "k" };
  const drawer = new FakeDrawer();
  assertEquals(readWatchSettings(place), { notifies: false, sounds: false });
  for (const notifies of [true, false]) {
    for (const sounds of [true, false]) {
      writeWatchSettings(place, { notifies, sounds });
      assertEquals(readWatchSettings(place), { notifies, sounds });
    }
  }
});

Deno.test("composeMessage() names one alert and leads to it", () => {
  assertEquals(composeMessage([CPU]), {
    ...{ title: "Warning: auth", body: "HIGH_CPU", tag: CPU.id, path: "/alerts/auth%2FHIGH_CPU" },
  });
});

Deno.test("composeMessage() makes one message of several alerts, as bad as the worst", () => {
  const { title, body, path } = composeMessage([CPU, DOWN]);
  assertEquals(title, "Critical: 2 alerts");
  assertEquals(body, "auth: HIGH_CPU\ncheckout: SERVICE_DOWN");
  assertEquals(path, "/alerts");
});

interface Started {
  readonly news: Signal<readonly AnnouncedAlert[]>;
  readonly calls: readonly string[];
  readonly watch: Watch;
}

function start(
  settings: { readonly notifies: boolean; readonly sounds: boolean },
  before: readonly AnnouncedAlert[] = [],
): Started {
  const drawer = new FakeDrawer();
  const place = { drawer: () => drawer, key: "k" };
  writeWatchSettings(place, settings);
  const news = signal(before);
  const calls: string[] = [];
  const watch = startWatch({ news }, place, {
    notify: (alerts) => calls.push(...alerts.map(({ service }) => `notify ${service}`)),
    sound: (alerts) => calls.push(...alerts.map(({ severity }) => `sound ${severity}`)),
  });
  return { news, calls, watch };
}
