import { assert, assertAlmostEquals, assertEquals } from "@std/assert";

import { ChildProcess } from "./child_process.ts";
import { PROJECT, QUIET, RunningApp } from "./running_app.ts";

/** Returns the first block of code of the part on OpenTelemetry that matches. */
async function readBlock(pattern: RegExp): Promise<string> {
  const text = await Deno.readTextFile(new URL("../../docs/sources.md", import.meta.url));
  const part = text.slice(text.indexOf("\n## otlp"));
  const blocks = [...part.matchAll(/^```\w[^\n]*\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
  return blocks.find((block) => pattern.test(block)) ?? "";
}

async function valueOf(app: RunningApp, metric: string): Promise<number> {
  const response = await fetch(`${app.origin}/api/services/checkout`);
  const { metrics } = await response.json();
  return metrics[metric].value;
}

Deno.test("sources.md: its program makes a card", async () => {
  await using app = await RunningApp.start(QUIET);
  const code = await readBlock(/new MeterProvider/);
  await using program = new ChildProcess({
    args: ["eval", "--ext=ts", code],
    folder: PROJECT,
    env: { VITALS_URL: app.origin },
  });
  const { code: exit, stderr } = await program.ended;
  assertEquals(exit, 0, stderr);
  const latency = await valueOf(app, "latency");
  assert(latency > 25 && latency <= 50, `${latency}`);
  assertEquals(await valueOf(app, "errorRate"), 0);
});

Deno.test("sources.md: its line of curl makes a card", async () => {
  await using app = await RunningApp.start(QUIET);
  const line = (await readBlock(/^curl /)).replace("http://127.0.0.1:8000", app.origin);
  const { stdout } = await new Deno.Command("sh", { args: ["-c", line], stderr: "null" }).output();
  assertEquals(new TextDecoder().decode(stdout), "{}");
  assertAlmostEquals(await valueOf(app, "cpu"), 37);
});
