import { assertEquals } from "@std/assert";
import { join } from "node:path";

import { writePseudoLocale } from "../texts/write_pseudo_locale.ts";
import { openPage } from "./browser.ts";
import { ChildProcess } from "./child_process.ts";
import { PROJECT } from "./running_app.ts";

/** Names are left as they are; these are told from words by their capitals or digits. */
const CONFIG = {
  status: { title: "ACME" },
  services: [
    { name: "db-1", source: { kind: "push" } },
    { name: "api-1", tags: ["EU"], dependsOn: ["db-1"], source: { kind: "push" } },
    { name: "sim-1", source: { kind: "simulated", profile: "api", seed: 1 } },
  ],
  rules: [
    { name: "HIGH_CPU", metric: "cpu", above: 85, for: 1, severity: "warning" },
    { name: "SLOW", metric: "latency", above: 500, for: 3, severity: "critical" },
    { name: "SERVICE_DOWN", missingHeartbeat: "1h", severity: "critical" },
  ],
  receivers: [{ name: "OPS", kind: "log" }],
  maintenance: [{
    name: "M-1",
    reason: "M-2",
    from: "2026-01-01T02:00",
    to: "2099-01-01T04:00",
    timeZone: "UTC",
  }],
};

const PAGES = [
  ...["/", "/alerts", "/alerts?view=history", "/alerts?view=silences", "/alerts?view=delivery"],
  ...["/services/api-1", "/status", "/login", "/audit", "/nowhere", "/slides"],
];

/**
 * What may stay: symbols of units, what has capitals throughout or digits in it, and names of the API: kinds of
 * receivers and faults, that a caller of this machine has no name, a scenario, and a file that a slide quotes.
 */
const KEPT =
  /^(?:[A-Z0-9_/-]+|\w+-\d+|[a-z0-9]*\d[a-z0-9]*|s|ms|min|h|d|log|outage|loopback|monday-morning|lib\/domain\/status|ts)$/;

const MONTHS = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec)$/;

Deno.test("pages are translated as a whole, and have room for longer words", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "vitals_pseudo_" });
  try {
    const map = await writePseudoLocale(folder);
    const config = join(folder, "vitals.config.jsonc");
    await Deno.writeTextFile(config, JSON.stringify(CONFIG));
    await using server = new ChildProcess({
      args: ["run", "--allow-all", `--import-map=${map}`, "serve.ts"],
      folder: PROJECT,
      env: { HOST: "127.0.0.1", PORT: "0", VITALS_CONFIG: config, VITALS_DATA: ":memory:" },
    });
    const [, origin = ""] = await server.written(/Vitals is ready: (http:\S+)\/\n/);
    await makeAlerts(origin);
    for (const width of [1440, 360]) {
      const viewport = { width, height: 900 };
      await using open = await openPage(`${origin}/`, { viewport, javaScriptEnabled: false });
      for (const path of [...PAGES, `/alerts/${await findAlert(origin)}`]) {
        await t.step(`${path} at ${width} px`, async () => {
          await open.page.goto(origin + path);
          assertEquals(findEnglish(await open.page.evaluate(readTexts)), []);
          // A slide is drawn for its words.
          if (path !== "/slides") assertEquals(await open.page.evaluate(findOverflow), []);
        });
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function makeAlerts(origin: string): Promise<void> {
  const send = async (path: string, body: unknown) => {
    const response = await fetch(origin + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
    assertEquals(response.ok, true, path);
  };
  await send("/api/samples", { service: "db-1", metrics: { cpu: 97, memory: 40 } });
  await send("/api/samples", { service: "db-1", metrics: { cpu: 20, memory: 40 } });
  const hot = { cpu: 91, memory: 40, latency: 900, errorRate: 1 };
  await send("/api/samples", { service: "api-1", metrics: hot });
  await send("/api/faults", { service: "sim-1", kind: "outage", intensity: 1, durationMs: 60_000 });
  const silence = { match: { service: "api-1" }, duration: "1h", author: "A-1", reason: "R-1" };
  await send("/api/silences", silence);
}

async function findAlert(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/alerts`);
  const [alert]: { readonly id: string }[] = await response.json();
  return alert?.id ?? "";
}

function findEnglish(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => text.split(/[^\p{L}\p{N}_/-]+/u));
  return [...new Set(words)].filter((word) =>
    /^[A-Za-z]/.test(word) && !KEPT.test(word) && !MONTHS.test(word)
  );
}

/** Runs in the page: everything that is read or heard. */
function readTexts(): string[] {
  const texts: string[] = [document.title];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (!parentElement?.closest("script, style, code, noscript, time")) {
      texts.push(textContent ?? "");
    }
  }
  const names = ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "data-caption"];
  for (const element of document.querySelectorAll(":not(time)")) {
    for (const name of names) texts.push(element.getAttribute(name) ?? "");
  }
  return texts;
}

/** Runs in the page: what reaches beyond its right edge. */
function findOverflow(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
    .map((element) => `${element.localName}.${element.className}`).slice(0, 5);
}
