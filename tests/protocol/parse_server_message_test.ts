import { assertEquals, assertThrows } from "@std/assert";

import { parseServerMessage } from "@/lib/protocol/parse_server_message.ts";

const STATE = { at: 5, seq: 1, services: [], alerts: [], stats: {} };
const SNAPSHOT = { type: "snapshot", metrics: [], ...STATE };
const DELTA = { type: "delta", removed: [], ...STATE };
const PONG = { type: "pong", id: 7, at: 5 };

function withSeries(recent: unknown, times: unknown): object {
  return { ...DELTA, services: [{ name: "checkout", metrics: { cpu: { recent, times } } }] };
}

Deno.test("parseServerMessage() returns each kind of message", () => {
  const good = [SNAPSHOT, DELTA, PONG, withSeries([1, 2], [3, 4])];
  assertEquals(good.map((message) => parseServerMessage(JSON.stringify(message)) as object), good);
});

const REFUSED: Readonly<Record<string, unknown>> = {
  "a list": [],
  "null": null,
  "an unknown type": { ...SNAPSHOT, type: "hello" },
  "no instant": { ...PONG, at: undefined },
  "a pong without id": { ...PONG, id: "7" },
  "no number": { ...DELTA, seq: undefined },
  "a broken number": { ...DELTA, seq: 1.5 },
  "no statistics": { ...DELTA, stats: null },
  "services that are no list": { ...SNAPSHOT, services: {} },
  "a service that is none": { ...SNAPSHOT, services: [null] },
  "a service without metrics": { ...SNAPSHOT, services: [{ name: "checkout" }] },
  "a series without samples": withSeries(undefined, []),
  "a sample without an instant": withSeries([1, 2], [3]),
  "alerts that are no list": { ...DELTA, alerts: null },
  "an alert that is none": { ...DELTA, alerts: [3] },
  "a delta without removals": { ...DELTA, removed: undefined },
  "a snapshot without metrics": { ...SNAPSHOT, metrics: undefined },
};

Deno.test("parseServerMessage() refuses what lacks what its type needs", async (t) => {
  for (const [name, message] of Object.entries(REFUSED)) {
    await t.step(name, () => {
      assertThrows(() => parseServerMessage(JSON.stringify(message)), SyntaxError);
    });
  }
});

Deno.test("parseServerMessage() refuses what is not JSON or not text", () => {
  assertThrows(() => parseServerMessage("{"), SyntaxError);
  assertThrows(() => parseServerMessage(new ArrayBuffer(3)), SyntaxError, "it is no snapshot");
});
