import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { MeasuredSlide } from "@/components/slides/MeasuredSlide.tsx";
import { MEASURED, type Measured } from "@/lib/domain/measured.ts";

const PROJECT = new URL("../../../", import.meta.url);

for (const [name, measured] of Object.entries(MEASURED)) {
  Deno.test(`MEASURED ${name} stands in the output on record`, async () => {
    const record = await Deno.readTextFile(new URL(measured.record, PROJECT));
    const lines = record.split("\n");
    for (const line of measured.lines) {
      assert(lines.some((recorded) => recorded.startsWith(line)), `${line} is not on record`);
    }
    for (const figure of figuresOf(measured)) {
      assert(measured.lines.some((line) => holds(line, figure)), `${figure} is in no line`);
    }
    assertStringIncludes(lines[0] ?? "", `# ${measured.command}, ${measured.date}`);
  });

  Deno.test(`MEASURED ${name} is measured by a task that there is`, async () => {
    const config: unknown = JSON.parse(await Deno.readTextFile(new URL("deno.json", PROJECT)));
    const task = measured.command.replace("deno task ", "");
    assert(JSON.stringify(config).includes(`"${task}":{"description"`), task);
  });

  Deno.test(`MEASURED ${name} has the ratio that follows`, () => {
    const { figure, baseline, ratio } = measured;
    if (baseline === null || ratio === null) return assertEquals([baseline, ratio], [null, null]);
    const share = Number(figure) / Number(baseline.figure);
    const expected = Number(ratio.figure);
    const closest = [share, 1 / share].map((value) => Math.abs(value - expected) / expected);
    assert(Math.min(...closest) < 0.01, `${share} is not ${expected}`);
  });
}

Deno.test("MeasuredSlide shows every figure with its baseline", () => {
  const text = renderToString(MeasuredSlide()).replace(/<[^>]*>/g, "").replaceAll(",", "");
  for (const figure of Object.values(MEASURED).flatMap(figuresOf)) {
    assertStringIncludes(text, figure);
  }
});

Deno.test("what is said of speed and size beside the table is what was measured", async () => {
  const words = await Deno.readTextFile(new URL("texts/en/slides.ts", PROJECT));
  const { figure, baseline } = MEASURED.valueSize;
  assertStringIncludes(words, `${figure} bytes a value instead of ${baseline?.figure}`);
});

function figuresOf({ figure, baseline, ratio }: Measured): string[] {
  return [figure, baseline?.figure, ratio?.figure].filter((text) => text !== undefined);
}

/** Whether a figure stands in a line by itself, and not as part of a longer one. */
function holds(line: string, figure: string): boolean {
  return line.split(/[^\d.]+/).includes(figure);
}
