import { assert, assertAlmostEquals, assertEquals } from "@std/assert";

import type { ServiceView } from "@/lib/protocol/views.ts";

import { ReceivingServer } from "../support/receiving_server.ts";
import { openPage, untilLive } from "./browser.ts";
import { NodeExporter } from "./exporter.ts";
import { InstrumentedProgram } from "./instrumented_program.ts";
import { RunningApp } from "./running_app.ts";

/** How far the memory of a busy machine may move between two looks, in per cent. */
const MEMORY_DRIFT = 5;

/** The memory in use by an exporter's own numbers, in per cent. */
async function memoryOf(exporter: NodeExporter): Promise<number> {
  const text = await (await fetch(exporter.url)).text();
  const valueOf = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  const available = valueOf("node_memory_MemAvailable_bytes");
  return 100 * (1 - available / valueOf("node_memory_MemTotal_bytes"));
}

Deno.test("sources: a probe, a scraped host and a program with OpenTelemetry are three live cards", async () => {
  await using shop = new ReceivingServer();
  await using exporter = await NodeExporter.start();
  await using app = await RunningApp.start({
    services: [
      { name: "shop", source: { kind: "probe", url: shop.origin, interval: "1s" } },
      {
        name: "host",
        source: {
          ...{ kind: "scrape", url: exporter.url, preset: "node_exporter", interval: "1s" },
        },
      },
      { name: "checkout", source: { kind: "otlp" } },
    ],
  });
  await using program = new InstrumentedProgram({ origin: app.origin, service: "checkout" });
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await untilLive(page);
  program.work(0.37);
  program.serve([0.02, 0.03, 0.04]);
  program.serve([0.5], 503);
  await program.export();
  for (const name of ["shop", "host", "checkout"]) {
    await page.locator(`#service-${name}[data-tone="ok"]`).waitFor();
  }
  await page.locator("#service-host").getByText("CPU").waitFor();
  const card = async (name: string) => await page.locator(`#service-${name}`).innerText();

  const views: readonly ServiceView[] = await (await fetch(`${app.origin}/api/services`)).json();
  const metric = (service: string, id: string) =>
    views.find(({ name }) => name === service)?.metrics[id]?.value ?? NaN;
  assertAlmostEquals(metric("host", "memory"), await memoryOf(exporter), MEMORY_DRIFT);
  assertAlmostEquals(metric("checkout", "cpu"), 37, 1e-9);
  assertEquals([metric("checkout", "errorRate"), metric("shop", "errorRate")], [25, 0]);
  assert(metric("shop", "latency") > 0 && metric("shop", "latency") < 1_000);
  assert((await card("checkout")).includes("37.0 %"), await card("checkout"));
  assertEquals(views.map(({ failure }) => failure), [null, null, null]);

  // Nothing is loaded again, and the cards go on.
  const before = shop.received.length;
  await shop.until(before + 2);
  await page.locator('#service-shop[data-tone="ok"]').waitFor();
  assertEquals(open.errors, []);
});
