import { assert, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { ConnectionStatus } from "@/components/ConnectionStatus.tsx";
import { LiveStore } from "@/components/live_store.ts";
import { StaleNote } from "@/components/StaleNote.tsx";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { FakeNetwork } from "./fake_socket.ts";
import { NOW, snapshot } from "./views.ts";

Deno.test("ConnectionStatus says that it connects, then that it is live", () => {
  using live = openStore();
  assert(live.render().includes("Connecting…"));
  live.network.latest.accept();
  assert(live.render().includes("Live · 4 samples/s"));
  assert(live.render().includes('data-state="open"'));
});

Deno.test("ConnectionStatus offers to retry while it waits, and only then", () => {
  using live = openStore();
  live.network.latest.accept();
  assertFalse(live.render().includes("Retry now"));
  live.network.latest.drop();
  assert(live.render().includes("Reconnecting in 1 s"));
  assert(live.render().includes("Retry now"));
  live.store.retryNow();
  assert(live.render().includes("Reconnecting…"));
  assertFalse(live.render().includes("Retry now"));
});

Deno.test("StaleNote says since when the data is stale, and nothing while it is live", () => {
  using live = openStore();
  live.network.latest.accept();
  assertFalse(live.render().includes("Stale since"));
  live.network.latest.drop();
  assert(/Stale since <time datetime="2023-11-14T22:13:20.000Z">/i.test(live.render()));
});

interface OpenStore extends Disposable {
  readonly store: LiveStore;
  readonly network: FakeNetwork;
  readonly render: () => string;
}

function openStore(): OpenStore {
  const network = new FakeNetwork();
  const store = new LiveStore(snapshot([]), new FakeClock(NOW));
  const stop = store.connect({ url: "ws://host", openSocket: network.open, random: () => 0.5 });
  const render = () =>
    renderToString(
      <>
        <ConnectionStatus store={store} />
        <StaleNote since={store.staleSince} />
      </>,
    );
  return { store, network, render, [Symbol.dispose]: stop };
}
