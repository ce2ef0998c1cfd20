import { assertEquals } from "@std/assert";

import { describeConnection } from "@/components/connection_text.ts";
import type { ConnectionState } from "@/lib/protocol/live_connection.ts";

import { NOW } from "./views.ts";

Deno.test("describeConnection() puts each state in words", async (t) => {
  const rows: readonly [text: string, state: ConnectionState, isStale?: boolean, rate?: number][] =
    [
      ["Connecting…", { kind: "stopped" }],
      ["Connecting…", { kind: "connecting" }],
      ["Reconnecting…", { kind: "connecting" }, true],
      ["Live · 4 samples/s", { kind: "open", roundTripMs: null }],
      ["Live · 4 ms · 212 samples/s", { kind: "open", roundTripMs: 4.3 }, false, 212.4],
      ["Live · <1 ms · 0.3 samples/s", { kind: "open", roundTripMs: 0.4 }, false, 0.3],
      ["Reconnecting in 2 s", { kind: "waiting", attempt: 1, until: NOW + 1_900 }, true],
      ["Reconnecting in 1 s", { kind: "waiting", attempt: 1, until: NOW - 5 }, true],
      ["Reconnecting in 15 s", { kind: "waiting", attempt: 9, until: NOW + 15_000 }, true],
    ];
  for (const [text, state, isStale = false, samplesPerSecond = 4] of rows) {
    await t.step(`${text} (${state.kind})`, () => {
      assertEquals(describeConnection(state, { isStale, samplesPerSecond, now: NOW }), text);
    });
  }
});
