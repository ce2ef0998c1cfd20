import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";

import { parseCommand } from "@/simulators/commands.ts";
import { faultSchema, parseReport } from "@/simulators/messages.ts";

const METRICS = { cpu: 41.2, memory: 63, latency: 120.5, errorRate: 0.4 };
const SAMPLE = { type: "sample", service: "checkout", at: 1_732_400_000_000, metrics: METRICS };
const FAULT = {
  service: "checkout",
  kind: "cpu-spike",
  intensity: 0.8,
  startedAt: 1_732_400_000_000,
  durationMs: 30_000,
};

Deno.test("parseReport() takes samples and signs of life", () => {
  const alive = { type: "alive", service: "checkout", at: 1_732_400_000_000 };
  for (const message of [SAMPLE, alive]) {
    assertEquals<unknown>(parseReport(message, "checkout"), { kind: "report", report: message });
  }
});

const REFUSED = [
  { name: "nothing", message: undefined, problem: "expected object" },
  { name: "another type", message: { ...SAMPLE, type: "metrics" }, problem: "type" },
  { name: "another service", message: { ...SAMPLE, service: "auth" }, problem: '"checkout"' },
  { name: "no instant", message: { ...SAMPLE, at: "now" }, problem: "at" },
  { name: "not a number", message: sampleWith({ cpu: NaN }), problem: "metrics.cpu" },
  { name: "infinite", message: sampleWith({ latency: Infinity }), problem: "metrics.latency" },
  { name: "too much", message: sampleWith({ cpu: 100.1 }), problem: "metrics.cpu" },
  { name: "too little", message: sampleWith({ errorRate: -1 }), problem: "metrics.errorRate" },
  { name: "unknown metric", message: sampleWith({ disk: 3 }), problem: "disk" },
  { name: "more fields", message: { ...SAMPLE, note: "hello" }, problem: "note" },
] as const;

Deno.test("parseReport() names what is wrong with a message", async (t) => {
  for (const { name, message, problem } of REFUSED) {
    await t.step(name, () => {
      const parsed = parseReport(message, "checkout");
      assert(parsed.kind === "invalid");
      assertStringIncludes(parsed.problem, problem);
    });
  }
});

Deno.test("parseReport() never throws", () => {
  fc.assert(fc.property(fc.anything(), (message) => {
    assertEquals(parseReport(message, "checkout").kind, "invalid");
  }));
});

Deno.test("parseCommand() takes what a supervisor says", () => {
  const init = { type: "init", service: "checkout", profile: "api", seed: 1, intervalMs: 1_000 };
  const commands = [{ ...init, faults: [FAULT] }, { type: "faults", faults: [] }, { type: "stop" }];
  for (const command of commands) assertEquals<unknown>(parseCommand(command), command);
});

Deno.test("parseCommand() refuses anything else", () => {
  for (const message of ["stop", null, undefined, {}, { type: "sample" }]) {
    assertThrows(() => parseCommand(message), TypeError, "Cannot read message to worker");
  }
});

Deno.test("faultSchema refuses an unknown kind, too much intensity and no duration", () => {
  assert(faultSchema.safeParse(FAULT).success);
  for (const change of [{ kind: "sulking" }, { intensity: 1.1 }, { durationMs: 0 }]) {
    assertEquals(faultSchema.safeParse({ ...FAULT, ...change }).success, false);
  }
});

function sampleWith(change: Readonly<Record<string, number>>): unknown {
  return { ...SAMPLE, metrics: { ...METRICS, ...change } };
}
