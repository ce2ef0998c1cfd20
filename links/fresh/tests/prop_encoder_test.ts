import { h } from "preact";
import { computed, type ReadonlySignal, signal } from "@preact/signals";

import { assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";

import { createDecoder } from "../src/client/prop_decoder.ts";
import { PropEncoder } from "../src/islands/prop_encoder.ts";

/** Sends the props of some islands through JSON. */
function send<T extends object>(...islands: T[]): T[] {
  const encoder = new PropEncoder();
  const encoded = islands.map((props) => encoder.encode("Test", props));
  const wire = JSON.stringify({ signals: encoder.signals, islands: encoded });
  const received: { signals: typeof encoder.signals; islands: T[] } = JSON
    .parse(wire);
  const decode = createDecoder(received.signals);
  received.islands.forEach(decode);
  return received.islands;
}

Deno.test("PropEncoder and createDecoder() pass JSON on unchanged", () => {
  const props = {
    text: "a",
    dollars: ["$", "$0", "$$", "a$"],
    numbers: [0, -1.5, 1e21],
    nothing: null,
    yes: true,
    nested: { list: [{ a: [] }], "": { "a b": {} } },
    html: "</script><!-- \u2028",
  };
  assertEquals(send(props), [props]);
});

Deno.test("PropEncoder.encode() leaves out properties that are undefined", () => {
  assertEquals(send<object>({ a: undefined, b: { c: undefined } }), [{ b: {} }]);
});

Deno.test("PropEncoder.encode() treats __proto__ as a key like any other", () => {
  const props: object = JSON.parse('{"a":{"__proto__":{"x":1}}}');
  const [received] = send(props);
  assertEquals(JSON.stringify(received), JSON.stringify(props));
});

Deno.test("PropEncoder.encode() takes objects without prototype", () => {
  assertEquals(send(Object.assign(Object.create(null), { a: 1 })), [{ a: 1 }]);
});

Deno.test("PropEncoder.encode() sends an object that occurs twice two times", () => {
  const shared = { a: 1 };
  assertEquals(send({ x: shared, y: [shared] }), [{ x: { a: 1 }, y: [{ a: 1 }] }]);
});

Deno.test("the same signal in several islands stays one signal", () => {
  const count = signal(1);
  const [a, b] = send({ count }, { count });
  assertStrictEquals(a?.count, b?.count);
  assertEquals(b?.count.value, 1);
});

Deno.test("signals may hold undefined, nested values and other signals", () => {
  const inner = signal("$x");
  const [received] = send({ empty: signal(undefined), outer: signal([{ inner }]), inner });
  assertEquals(received?.empty.value, undefined);
  assertStrictEquals(received?.outer.value[0]?.inner, received?.inner);
  assertEquals(received?.inner.value, "$x");
});

Deno.test("computed signals arrive as computed signals with a constant value", () => {
  const count = signal(2);
  const [received] = send({ double: computed(() => count.value * 2) });
  const double: ReadonlySignal<number> | undefined = received?.double;
  assertEquals(double?.value, 4);
  assertEquals(Reflect.set(Object(double), "value", 1), false);
});

Deno.test("PropEncoder.encode() refuses what cannot be sent, by island and path", async (t) => {
  class Point {
    x = 1;
  }
  const loop: { self?: unknown } = {};
  loop.self = loop;
  const loopSignal = signal<unknown>(null);
  loopSignal.value = [loopSignal];
  const rows: [name: string, props: object, prop: string, reason: string][] = [
    ["function", { a: { onClick() {} } }, "a.onClick", "JSON has no function"],
    ["symbol", { a: [Symbol("s")] }, "a[0]", "JSON has no symbol"],
    ["bigint", { a: 1n }, "a", "JSON has no bigint"],
    ["NaN", { a: NaN }, "a", "JSON has no NaN"],
    ["infinity", { a: -Infinity }, "a", "JSON has no -Infinity"],
    ["undefined in an array", { a: [undefined] }, "a[0]", "JSON has no undefined"],
    ["hole", { a: new Array(1) }, "a[0]", "JSON has no undefined"],
    ["date", { at: new Date(0) }, "at", "JSON has no instances of Date"],
    ["map", { m: new Map() }, "m", "JSON has no instances of Map"],
    ["class", { deep: { p: new Point() } }, "deep.p", "JSON has no instances of Point"],
    ["cycle", { loop }, "loop.self", "it contains itself"],
    ["cycle of signals", { s: loopSignal }, "s.value[0]", "it contains itself"],
    ["element", { icon: h("i", null) }, "icon", "islands cannot be given JSX"],
    ["element in an array", { icons: [h("i", null)] }, "icons[0]", "islands cannot be given JSX"],
    ["function in a signal", { s: signal({ f() {} }) }, "s.value.f", "JSON has no function"],
    ["children", { children: "text" }, "children", "islands cannot have children"],
    ["JSX children", { children: h("i", null) }, "children", "islands cannot have children"],
  ];
  for (const [name, props, prop, reason] of rows) {
    await t.step(name, () => {
      const error = assertThrows(() => new PropEncoder().encode("Chart", props));
      assertInstanceOf(error, TypeError);
      assertEquals(error.message, `Cannot send prop "${prop}" to island "Chart": ${reason}`);
    });
  }
});
