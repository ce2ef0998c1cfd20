import { signal } from "@preact/signals";
import { assertEquals } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { MonitorStats } from "@/components/MonitorStats.tsx";
import type { LiveStats } from "@/lib/protocol/views.ts";

const LATENCY = { p50: 0.42, p99: 2.06 };

function render(part: Partial<LiveStats>): string {
  const stats = signal({ samplesPerSecond: 4, peers: 1, latencyMs: null, scenario: null, ...part });
  return renderToString(<MonitorStats stats={stats} />);
}

Deno.test("MonitorStats() says the latency and who watches, as far as they are known", async (t) => {
  const latency = "Sample to socket: p50 0.4 ms, p99 2.1 ms";
  const cases = [
    { name: "both", part: { peers: 2, latencyMs: LATENCY }, text: `${latency} · 2 live viewers` },
    { name: "one viewer", part: { peers: 1 }, text: "1 live viewer" },
    { name: "no viewer", part: { peers: 0, latencyMs: LATENCY }, text: latency },
    { name: "nothing", part: { peers: 0 }, text: "" },
  ];
  for (const { name, part, text } of cases) {
    await t.step(name, () => assertEquals(render(part), `<p class="stats">${text}</p>`));
  }
});
