import { effect } from "@preact/signals";
import { assertEquals, assertStrictEquals } from "@std/assert";

import { LiveStore } from "@/components/live_store.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { FakeNetwork } from "./fake_socket.ts";
import { alert, delta, metric, NOW, service, snapshot } from "./views.ts";

Deno.test("LiveStore starts from the state that the page was rendered with", () => {
  using live = openStore(snapshot([service("b"), service("a", { status: "DOWN" }), service("c")]));
  assertEquals(live.store.names.value, ["a", "b", "c"]);
  assertEquals(live.store.counts.value, { DOWN: 1, DEGRADED: 0, UNKNOWN: 0, HEALTHY: 2 });
  assertEquals(live.store.now.value, NOW);
});

Deno.test("LiveStore lets a delta change exactly the signals of what it names", () => {
  using live = openStore(
    snapshot([service("a"), service("b")], { alerts: [alert("HIGH_CPU", "b")] }),
  );
  const runs = { a: 0, b: 0, names: 0, alerts: 0, counts: 0 };
  const stops = [
    effect(() => void (live.store.service("a")?.value, runs.a++)),
    effect(() => void (live.store.service("b")?.value, runs.b++)),
    effect(() => void (live.store.names.value, runs.names++)),
    effect(() => void (live.store.alerts.value, runs.alerts++)),
    effect(() => void (live.store.counts.value, runs.counts++)),
  ];
  live.network.latest.deliver(delta(2, { services: [service("a", { metrics: { cpu: LATER } })] }));
  assertEquals(runs, { a: 2, b: 1, names: 1, alerts: 1, counts: 1 });
  assertEquals(live.store.service("a")?.value.metrics["cpu"]?.points.length, 3);
  stops.forEach((stop) => stop());
});

Deno.test("LiveStore orders the cards anew when a status changes", () => {
  using live = openStore(snapshot([service("a"), service("b")]));
  live.network.latest.deliver(delta(2, { services: [service("b", { status: "DEGRADED" })] }));
  assertEquals(live.store.names.value, ["b", "a"]);
  assertEquals(live.store.counts.value.DEGRADED, 1);
});

Deno.test("LiveStore takes up a new service and drops one that is gone", () => {
  using live = openStore(snapshot([service("a")]));
  const kept = live.store.service("a");
  live.network.latest.deliver(delta(2, { services: [service("b")] }));
  assertEquals(live.store.names.value, ["a", "b"]);
  assertStrictEquals(live.store.service("a"), kept);
  live.network.latest.deliver(delta(3, { removed: ["a"] }));
  assertEquals(live.store.names.value, ["b"]);
  assertEquals(live.store.service("a"), undefined);
});

Deno.test("LiveStore resumes from what it has when a message is missing", async () => {
  using live = openStore(snapshot([service("a")]));
  const first = live.network.latest;
  first.deliver(delta(2));
  first.deliver(delta(4, { services: [service("a", { status: "DOWN" })] }));
  assertEquals(first.isClosed, true);
  assertEquals(live.store.service("a")?.value.status, "HEALTHY");
  await live.clock.advance(5_000);
  assertEquals(live.network.latest.url, "ws://host/api/live?resume=2");
});

Deno.test("LiveStore says that data is stale from the loss of the connection to its return", async () => {
  using live = openStore(snapshot([service("a")]));
  await live.clock.advance(2_000);
  live.network.latest.drop();
  assertEquals(live.store.connection.value.kind, "waiting");
  assertEquals(live.store.staleSince.value, NOW + 2_000);
  assertEquals(live.store.calm.value.text, "Connection lost. The data is stale.");
  await live.clock.advance(5_000);
  assertEquals(live.store.now.value, NOW + 2_000, "stale data does not grow older by itself");
  assertEquals(live.store.localNow.value, NOW + 7_000, "the countdown goes on");
  live.network.latest.accept();
  assertEquals(live.store.staleSince.value, null);
  assertEquals(live.store.calm.value.text, "Live again.");
  await live.clock.advance(1_000);
  assertEquals(live.store.now.value, NOW + 8_000);
});

Deno.test("LiveStore.retryNow() ends the pause", () => {
  using live = openStore(snapshot([]));
  live.network.latest.drop();
  live.store.retryNow();
  assertEquals(live.store.connection.value.kind, "connecting");
  assertEquals(live.network.sockets.length, 2);
});

Deno.test("LiveStore goes by the server's clock, whatever this machine's says", async () => {
  using live = openStore(snapshot([], { at: NOW - 3_600_000 }));
  await live.clock.advance(1_000);
  assertEquals(live.store.now.value, NOW - 3_600_000 + 1_000);
  live.network.latest.deliver(delta(2, { at: NOW - 60_000 }));
  live.clock.step(86_400_000);
  await live.clock.advance(1_000);
  assertEquals(live.store.now.value, NOW - 59_000);
});

Deno.test("LiveStore tells the time of an alert's news, not that of the tick before", () => {
  using live = openStore(snapshot([service("a")]));
  const news = { ...delta(2, { alerts: [alert("SERVICE_DOWN", "a")] }), at: NOW + 700 };
  live.network.latest.deliver(news);
  assertEquals(live.store.now.value, NOW + 700);
});

Deno.test("LiveStore.setHidden() lets the ages stand still until the page is seen again", async () => {
  using live = openStore(snapshot([]));
  await live.clock.advance(1_000);
  live.store.setHidden(true);
  await live.clock.advance(3_000);
  assertEquals(live.store.now.value, NOW + 1_000);
  live.store.setHidden(false);
  assertEquals(live.store.now.value, NOW + 4_000);
});

Deno.test("LiveStore announces each alert once, and none that was there before", () => {
  const cpu = alert("HIGH_CPU", "a");
  const down = alert("SERVICE_DOWN", "a");
  using live = openStore(snapshot([service("a")], { alerts: [cpu] }));
  const said: string[] = [];
  const stops = [live.store.urgent, live.store.calm].map((region) =>
    effect(() => void (region.value.text !== "" && said.push(region.value.text)))
  );
  live.network.latest.deliver(delta(2, { alerts: [{ ...cpu, value: 99 }, down] }));
  live.network.latest.deliver(delta(3, { alerts: [{ ...down, value: 6 }] }));
  live.network.latest.deliver(delta(4, { alerts: [{ ...cpu, state: "resolved" }] }));
  assertEquals(said, ["Alert: a, SERVICE_DOWN.", "Recovered: a, HIGH_CPU."]);
  assertEquals(live.store.alerts.value.map(({ rule }) => rule), ["SERVICE_DOWN"]);
  stops.forEach((stop) => stop());
});

Deno.test("LiveStore does not announce again what a new snapshot repeats, but what is new in it", () => {
  const cpu = alert("HIGH_CPU", "a");
  using live = openStore(snapshot([service("a")]));
  live.network.latest.deliver(delta(2, { alerts: [cpu] }));
  const said = live.store.calm.value;
  live.network.latest.deliver(snapshot([service("a")], { seq: 9, alerts: [cpu] }));
  assertStrictEquals(live.store.calm.value, said);
  const down = alert("SERVICE_DOWN", "a");
  live.network.latest.deliver(snapshot([service("a")], { seq: 10, alerts: [cpu, down] }));
  assertEquals(live.store.urgent.value.text, "Alert: a, SERVICE_DOWN.");
  assertEquals(live.store.news.value.map(({ rule }) => rule), ["SERVICE_DOWN"]);
});

Deno.test("LiveStore takes alerts that a new snapshot lacks for no recovery", () => {
  using live = openStore(snapshot([service("a")], { alerts: [alert("HIGH_CPU", "a")] }));
  live.network.latest.deliver(snapshot([service("a")], { seq: 9 }));
  assertEquals(live.store.alerts.value, []);
  assertEquals(live.store.calm.value.text, "");
});

Deno.test("LiveStore.connect() connects once for several islands, until the last lets go", () => {
  const clock = new FakeClock(NOW);
  const network = new FakeNetwork();
  const store = new LiveStore(snapshot([]), clock);
  const transport = { url: "ws://host/api/live", openSocket: network.open, random: () => 0.5 };
  const letGo = store.connect(transport);
  const letGoToo = store.connect(transport);
  assertEquals(network.sockets.length, 1);
  letGo();
  letGo();
  assertEquals(network.latest.isClosed, false);
  letGoToo();
  assertEquals(network.latest.isClosed, true);
  assertEquals(store.connection.value.kind, "stopped");
  assertEquals(clock.pending, 0);
});

const LATER = metric({ recent: [50], times: [NOW] });

interface OpenStore extends Disposable {
  readonly store: LiveStore;
  readonly clock: FakeClock;
  readonly network: FakeNetwork;
}

function openStore(message: SnapshotMessage): OpenStore {
  const clock = new FakeClock(NOW);
  const network = new FakeNetwork();
  const store = new LiveStore(message, clock);
  const stop = store.connect({
    url: "ws://host/api/live",
    openSocket: network.open,
    random: () => 0.5,
  });
  network.latest.accept();
  return { store, clock, network, [Symbol.dispose]: stop };
}
