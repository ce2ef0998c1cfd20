import { assert, assertEquals } from "@std/assert";

import {
  drawEvidence,
  EVIDENCE_HEIGHT,
  type SamplesDrawing,
  type SilenceDrawing,
} from "@/lib/domain/evidence_drawing.ts";
import type { MissingHeartbeatRule, ThresholdRule } from "@/lib/domain/rule.ts";

import { metric, silence, threshold } from "./rules.ts";

Deno.test("drawEvidence() draws every sample looked at, true to time", () => {
  const { samples } = drawValues(threshold(), [[0, 90], [1_000, 91], [10_000, 92]]);
  assertEquals(samples.map(({ at, value, x }) => [at, value, x]), [
    [0, 90, 8],
    [1_000, 91, 16.4],
    [10_000, 92, 92],
  ]);
});

Deno.test("drawEvidence() puts greater values higher and keeps all inside", () => {
  const { samples, limits } = drawValues(threshold({ critical: 95, clear: 80 }), [
    [0, 60],
    [1, 100],
  ]);
  const [low, high] = samples.map(({ y }) => y);
  const ys = [...samples, ...limits].map(({ y }) => y);
  assert(high !== undefined && low !== undefined && high < low);
  assert(ys.every((y) => y > 0 && y < EVIDENCE_HEIGHT), String(ys));
});

Deno.test("drawEvidence() marks what is beyond which limit; the limit itself is good", () => {
  const rule = threshold({ limit: 85, critical: 95 });
  const { samples } = drawValues(rule, [[0, 85], [1, 86], [2, 95], [3, 96]]);
  assertEquals(samples.map(({ level }) => level), ["good", "breach", "breach", "critical"]);
});

Deno.test("drawEvidence() marks low values of a rule that looks below", () => {
  const rule = threshold({ direction: "below", limit: 10, clear: 10 });
  assertEquals(drawValues(rule, [[0, 11], [1, 9]]).samples.map(({ level }) => level), [
    "good",
    "breach",
  ]);
});

Deno.test("drawEvidence() draws each limit that there is, with its unit", async (t) => {
  const rows: readonly (readonly [text: string, rule: ThresholdRule])[] = [
    ["limit 85 %", threshold()],
    ["limit 85 %, clear 80 %", threshold({ clear: 80 })],
    ["critical 95 %, limit 85 %, clear 80 %", threshold({ critical: 95, clear: 80 })],
  ];
  for (const [text, rule] of rows) {
    await t.step(text, () => {
      const { limits } = drawValues(rule, [[0, 90]]);
      assertEquals(limits.map((line) => `${line.kind} ${line.text}`).join(", "), text);
    });
  }
});

Deno.test("drawEvidence() keeps the texts of near limits apart", () => {
  const rule = threshold({ limit: 85, clear: 84.9, critical: 85.1 });
  const { limits } = drawValues(rule, [[0, 20], [1, 100]]);
  const ys = limits.map(({ textY }) => textY);
  assert(ys.slice(1).every((y, index) => y - (ys[index] ?? 0) >= 16), String(ys));
});

Deno.test("drawEvidence() draws the means that were judged beside the samples", () => {
  const rule = threshold({ metric: metric("latency"), limit: 500, mean: 3 });
  const { samples, means, path } = drawValues(rule, [[0, 300], [1, 600], [2, 900], [3, 900]]);
  assertEquals(samples.length, 4);
  assertEquals(means.map(({ at, value, level }) => [at, value, level]), [
    [2, 600, "breach"],
    [3, 800, "breach"],
  ]);
  assertEquals(path.match(/[ML]/g)?.length, 2);
  assert(samples.every(({ isLabelled }) => !isLabelled));
});

Deno.test("drawEvidence() takes the run of a duration for what was judged", () => {
  const rule = threshold({ mean: 5, hold: { kind: "duration", durationMs: 1_000 } });
  const { samples, means } = drawValues(rule, [[0, 90], [1_000, 91]]);
  assertEquals([samples.length, means.length], [2, 0]);
});

Deno.test("drawEvidence() shows the newest and the worst number, and others where there is room", () => {
  const values = Array.from({ length: 60 }, (_, index): [number, number] => [index, 86]);
  const worst = 10;
  values[worst] = [worst, 99];
  const { samples } = drawValues(threshold(), values);
  const shown = samples.filter(({ isLabelled }) => isLabelled);
  assert(samples.at(-1)?.isLabelled && samples[worst]?.isLabelled);
  assert(shown.length <= 8);
  const gaps = shown.slice(1).map(({ x }, index) => x - (shown[index]?.x ?? 0));
  assert(gaps.every((gap) => gap >= 13), String(gaps));
});

Deno.test("drawEvidence() draws one sample alone in the middle", () => {
  assertEquals(drawValues(threshold(), [[7, 90]]).samples[0]?.x, 50);
});

Deno.test("drawEvidence() draws a silence from the last heartbeat to the judgement", () => {
  assertEquals(drawQuiet(silence({ limitMs: 5_000 }), 10_000), {
    ...{ kind: "silence", lastAt: 1_000, endAt: 11_000 },
    ...{ startX: 8, endX: 92, limitX: 50, criticalX: null },
  });
});

Deno.test("drawEvidence() shows the limits of a silence that has not come to them", () => {
  const { endX, limitX, criticalX } = drawQuiet(
    silence({ limitMs: 5_000, criticalMs: 10_000 }),
    0,
  );
  assertEquals([endX, limitX, criticalX], [8, 50, 92]);
});

Deno.test("drawEvidence() draws nothing of nothing", () => {
  assertEquals(drawEvidence({ rule: threshold(), evidence: [], at: 0 }), undefined);
});

function drawValues(rule: ThresholdRule, values: [number, number][]): SamplesDrawing {
  const evidence = values.map(([at, value]) => ({ at, value }));
  const drawing = drawEvidence({ rule, evidence, at: values.at(-1)?.[0] ?? 0 });
  if (drawing?.kind !== "samples") throw new Error("Cannot draw samples");
  return drawing;
}

function drawQuiet(rule: MissingHeartbeatRule, silentMs: number): SilenceDrawing {
  const evidence = [{ at: 1_000, value: silentMs / 1_000 }];
  const drawing = drawEvidence({ rule, evidence, at: 1_000 + silentMs });
  if (drawing?.kind !== "silence") throw new Error("Cannot draw a silence");
  return drawing;
}
