import { assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { WebResult } from "@/lib/ports/web_fetch.ts";
import { createSource } from "@/lib/sources/create_source.ts";
import { Poller } from "@/lib/sources/poller.ts";
import { answered, FakeHosts } from "@/tests/sources/probe/probes.ts";
import { pageOf } from "@/tests/sources/scrape/scrapes.ts";

import { Lives } from "./lives.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const FAILED: WebResult = { kind: "failed", reason: "timeout", detail: "late" };
const PROBE = { kind: "probe", url: "https://shop.example.com/", interval: "60s" };
const SCRAPE = { kind: "scrape", url: "http://db.example.com/metrics", interval: "60s" };

/** A service `shop` that is observed each minute through several lives of the monitor. */
class Observed {
  readonly hosts = new FakeHosts();
  readonly lives: Lives;
  isGood = true;
  /** Answers nothing at all if set. */
  hangs = false;

  constructor(source: Readonly<Record<string, unknown>>) {
    const services = [{ name: "shop", source }];
    const receivers = [{ name: "ops", kind: "log", groupWait: "0s" }];
    const config = parseConfig(JSON.stringify({ services, receivers }));
    this.hosts.answer = () => this.#answer(answered(200));
    this.lives = new Lives(config, (clock) => {
      const poller = new Poller({ clock, random: () => 0.5, onError: () => {} });
      const fetch = async () => await this.#answer(pageOf("up 1\n"));
      return (service) => createSource(service, { ...this.hosts.tools(), clock, poller, fetch });
    });
  }

  get view() {
    return this.lives.monitor.collector.service("shop");
  }

  get alerts(): string[] {
    return this.lives.monitor.collector.alertsOf("shop").map(({ rule, state }) =>
      `${rule} ${state}`
    );
  }

  #answer(good: WebResult): WebResult | Promise<WebResult> {
    if (this.hangs) return new Promise(() => {});
    return this.isGood ? good : FAILED;
  }
}

Deno.test("what is observed each minute is neither DOWN nor HEALTHY after a restart before a look", async (t) => {
  for (const source of [PROBE, SCRAPE]) {
    for (const awayMs of [SECOND, HOUR]) {
      await t.step(`${source.kind}, away for ${awayMs}`, async () => {
        const observed = new Observed(source);
        await observed.lives.clock.advance(5 * MINUTE);
        assertEquals(observed.view?.status, "HEALTHY");
        observed.hangs = true;
        await observed.lives.restart(awayMs);
        assertEquals(observed.view?.status, "UNKNOWN");
        await observed.lives.clock.advance(2 * MINUTE);
        assertEquals(observed.view?.status, "UNKNOWN");
        await observed.lives.clock.advance(10 * SECOND);
        assertEquals([observed.view?.status, observed.lives.told], [
          "DOWN",
          ["first SERVICE_DOWN"],
        ]);
      });
    }
  }
});

Deno.test("the first good look after a restart is life", async (t) => {
  for (const source of [PROBE, SCRAPE]) {
    await t.step(source.kind, async () => {
      const observed = new Observed(source);
      await observed.lives.clock.advance(5 * MINUTE);
      await observed.lives.restart(SECOND);
      await observed.lives.clock.advance(2 * SECOND);
      assertEquals([observed.view?.status, observed.lives.told], ["HEALTHY", []]);
    });
  }
});

Deno.test("what was DOWN stays so through restarts until a good look, and says why after the first", async (t) => {
  for (const source of [PROBE, SCRAPE]) {
    await t.step(source.kind, async () => {
      const observed = new Observed(source);
      await observed.lives.clock.advance(5 * MINUTE);
      observed.isGood = false;
      await observed.lives.clock.advance(5 * MINUTE);
      for (const awayMs of [SECOND, 10 * MINUTE, 24 * HOUR]) {
        await observed.lives.restart(awayMs);
        assertEquals([observed.view?.status, observed.alerts], ["DOWN", ["SERVICE_DOWN firing"]]);
        await observed.lives.clock.advance(2 * SECOND);
        assertEquals([observed.view?.failure?.reason, observed.view?.status], ["timeout", "DOWN"]);
        await observed.lives.clock.advance(5 * MINUTE);
      }
      assertEquals(observed.alerts, ["SERVICE_DOWN firing"]);
      const first = (reason: string) =>
        observed.lives.told.filter((told) => told.startsWith(reason));
      assertEquals([first("first").length, first("resolved").length], [1, 0]);
      observed.isGood = true;
      await observed.lives.clock.advance(2 * MINUTE);
      assertEquals(observed.alerts.includes("SERVICE_DOWN firing"), false);
      assertEquals(observed.view?.failure, null);
    });
  }
});
