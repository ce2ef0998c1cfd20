import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse, assertStrictEquals } from "@std/assert";
import { type ContainerNode, options, render } from "preact";
import { renderToString } from "preact-render-to-string";

import { CardGrid, NO_FILTER } from "@/components/CardGrid.tsx";
import { LiveStore } from "@/components/live_store.ts";
import type { ServiceView } from "@/lib/protocol/views.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { FakeNetwork } from "./fake_socket.ts";
import { installTinyDocument, TinyNode } from "./tiny_dom.ts";
import { delta, metric, NOW, service, snapshot } from "./views.ts";

Deno.test("CardGrid shows all services, worst first", () => {
  const html = renderGrid([service("a"), service("b", { status: "DOWN" }), service("c")]);
  assertEquals([...html.matchAll(/id="service-(\w)"/g)].map(([, name]) => name), ["b", "a", "c"]);
});

Deno.test("CardGrid offers search and filter for more than eight services", () => {
  const many = Array.from({ length: 9 }, (_, index) => service(`s${index}`));
  assert(renderGrid(many).includes('role="search"'));
  assertFalse(renderGrid(many.slice(1)).includes('role="search"'));
});

Deno.test("CardGrid shows what the filter lets through, and says when that is nothing", () => {
  const services = [service("auth", { status: "DOWN" }), service("checkout")];
  const found = renderGrid(services, { query: "check", status: null });
  assert(found.includes("service-checkout") && !found.includes("service-auth"));
  assert(renderGrid(services, { query: "none", status: null }).includes("No service matches."));
});

Deno.test("CardGrid shows how to send the first sample to this server", () => {
  const html = renderGrid([]);
  assert(html.includes("curl http://127.0.0.1:8123/api/samples"));
  assert(html.includes("{&quot;service&quot;:&quot;my-service&quot;,&quot;metrics&quot;:"));
});

Deno.test("CardGrid renders only the card of the service that changed", async () => {
  using live = mountGrid([service("a"), service("b"), service("c")]);
  const [a = "", b = "", c = ""] = live.texts();
  live.renders.clear();
  live.deliver(delta(2, { services: [service("b", { metrics: { cpu: metric({ value: 77 }) } })] }));
  await live.clock.advance(0);
  assertEquals([...live.renders], [["b", 1]]);
  assertEquals(live.texts(), [a, b.replace("41.7 %", "77.0 %"), c]);
});

Deno.test("CardGrid renders ages, and no card, when time passes", async () => {
  using live = mountGrid([service("a"), service("b")]);
  live.renders.clear();
  await live.clock.advance(1_000);
  assertEquals([...live.renders], []);
  assert(live.texts().every((text) => text.includes("heartbeat 1.5 s ago")));
});

Deno.test("CardGrid moves a card to its new place instead of building it anew", async () => {
  using live = mountGrid([service("a"), service("b"), service("c")]);
  const [a, b, c] = live.root.findAll("article");
  live.deliver(delta(2, { services: [service("c", { status: "DOWN" })] }));
  await live.clock.advance(0);
  const after = live.root.findAll("article");
  assertStrictEquals(after[0], c);
  assertStrictEquals(after[1], a);
  assertStrictEquals(after[2], b);
});

Deno.test("CardGrid renders no card that the browser skips, until it is seen again", async () => {
  using live = mountGrid([service("a"), service("b")]);
  await live.clock.advance(0);
  const [, card] = live.root.findAll("article");
  card?.setSkipped(true);
  await live.clock.advance(0);
  live.renders.clear();
  live.deliver(delta(2, { services: [service("b", { metrics: { cpu: metric({ value: 77 }) } })] }));
  await live.clock.advance(2_000);
  assertEquals([...live.renders], []);
  assert(card?.textContent.includes("41.7 %"));
  card?.setSkipped(false);
  await live.clock.advance(0);
  assertEquals([...live.renders], [["b", 1]]);
  assert(card?.textContent.includes("77.0 %"));
  assert(card?.textContent.includes("heartbeat 2.5 s ago"));
});

function renderGrid(services: readonly ServiceView[], filter = NO_FILTER): string {
  const store = new LiveStore(snapshot(services), new FakeClock(NOW));
  return renderToString(
    <CardGrid store={store} filter={signal(filter)} origin="http://127.0.0.1:8123" />,
  );
}

interface MountedGrid extends Disposable {
  readonly root: TinyNode;
  readonly clock: FakeClock;
  /** How often each card rendered, by the name of its service. */
  readonly renders: Map<string, number>;
  readonly deliver: (message: ReturnType<typeof delta>) => void;
  /** The text of each card. */
  readonly texts: () => string[];
}

function mountGrid(services: readonly ServiceView[]): MountedGrid {
  const clock = new FakeClock(NOW);
  const network = new FakeNetwork();
  const store = new LiveStore(snapshot(services), clock);
  const stop = store.connect({ url: "ws://host", openSocket: network.open, random: () => 0.5 });
  network.latest.accept();
  const document = installTinyDocument();
  const counting = countRenders();
  const root = new TinyNode("main");
  // This document knows no frames: effects run once the elements are there.
  options.requestAnimationFrame = queueMicrotask;
  const container = root as unknown as ContainerNode;
  render(<CardGrid store={store} filter={signal(NO_FILTER)} origin="" />, container);
  return {
    root,
    clock,
    renders: counting.renders,
    deliver: (message) => network.latest.deliver(message),
    texts: () => root.findAll("article").map((card) => card.textContent),
    [Symbol.dispose]: () => {
      render(null, container);
      delete options.requestAnimationFrame;
      counting[Symbol.dispose]();
      document[Symbol.dispose]();
      stop();
    },
  };
}

/** Each render of a card makes one article, and Preact tells of every node it makes. */
function countRenders(): Disposable & { readonly renders: Map<string, number> } {
  const renders = new Map<string, number>();
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (vnode.type === "article" && "id" in vnode.props) {
      const name = String(vnode.props.id).replace("service-", "");
      renders.set(name, (renders.get(name) ?? 0) + 1);
    }
    before?.(vnode);
  };
  return {
    renders,
    [Symbol.dispose]: () => {
      if (before === undefined) delete options.vnode;
      else options.vnode = before;
    },
  };
}
