/**
 * What all trials of strength share: a real server, a service that goes on pushing meanwhile, and what must hold
 * afterwards.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import type { Health } from "@/lib/protocol/health.ts";
import type { HistoryView } from "@/lib/protocol/history_views.ts";

import { RunningApp } from "../e2e/running_app.ts";
import { PushClient, type SentSample } from "../fault/push_client.ts";

/** The most that the server may hold of what it made itself, in MiB; at rest it needs a third of that. */
const HEAP_MIB = 128;

/** How often a storm rages. */
const ROUNDS = 6;

/** How much more memory the later storms may leave than the earlier ones, in bytes. */
const SLACK_BYTES = 32 * 1_048_576;

/** The witness says something every so often, in milliseconds. */
const WITNESS_PAUSE_MS = 10;

/** How long to wait for memory, health and counters to be as before, in milliseconds. */
const CALM_WITHIN_MS = 30_000;

/** A server under attack. */
export class Storm implements AsyncDisposable {
  /** The server. */
  readonly app: RunningApp;
  readonly #witness: PushClient;
  readonly #began = Date.now() - 1;

  private constructor(app: RunningApp) {
    this.app = app;
    this.#witness = new PushClient("witness", app.origin, WITNESS_PAUSE_MS);
  }

  /** Starts a server with a configuration, and what pushes to it all the time. */
  static async begin(
    config: unknown,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Storm> {
    const heap = { DENO_V8_FLAGS: `--max-old-space-size=${HEAP_MIB}` };
    const storm = new Storm(await RunningApp.start(config, { ...heap, ...variables }));
    await storm.#witnessed(20);
    return storm;
  }

  /** Returns the memory that the process holds, in bytes, as the system counts it. */
  async memoryBytes(): Promise<number> {
    const status = await Deno.readTextFile(`/proc/${this.app.pid}/status`);
    return 1_024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN);
  }

  /** Returns what Vitals says of itself. */
  async health(): Promise<Health> {
    return await (await fetch(`${this.app.origin}/api/health`)).json();
  }

  /** Returns a number of `/metrics`, all labels summed. */
  async counter(name: string): Promise<number> {
    const text = await (await fetch(`${this.app.origin}/metrics`)).text();
    const lines = text.split("\n").filter((line) =>
      line.startsWith(`${name} `) || line.startsWith(`${name}{`)
    );
    assert(lines.length > 0, `there is no ${name}`);
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }

  /**
   * Lets a storm rage again and again, and checks after each what must hold then: health is what it is to be, new
   * samples are taken, and whatever was acknowledged can be read. The heap of the server is so small that what each
   * storm left in it would soon end the process; beyond the heap, the later storms add nothing to speak of.
   */
  async rageOften(rage: () => Promise<void>, health: Health["status"] = "pass"): Promise<void> {
    const seen: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await rage();
      await this.calm(health);
      seen.push(await this.#restingBytes());
    }
    const early = Math.max(...seen.slice(0, ROUNDS / 2));
    const late = Math.min(...seen.slice(ROUNDS / 2));
    assert(late <= early + SLACK_BYTES, `memory grows: ${seen.join(", ")} bytes`);
  }

  /** Checks what must hold once a storm is over. */
  async calm(health: Health["status"] = "pass"): Promise<void> {
    await this.#witnessed(20);
    await until(
      async () => (await this.health()).status === health,
      async () => `health is not ${health}: ${JSON.stringify(await this.health())}`,
    );
    await this.checkKept();
  }

  /** The least of some looks: what is collected meanwhile does not count. */
  async #restingBytes(): Promise<number> {
    let least = Infinity;
    for (let look = 0; look < 20; look++) {
      least = Math.min(least, await this.memoryBytes());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return least;
  }

  /** Checks that all that was acknowledged can be read. */
  async checkKept(): Promise<void> {
    const acknowledged = this.#acknowledged();
    const kept = await this.#readInstants();
    assertEquals(acknowledged.filter(({ at }) => !kept.has(at)), [], "acknowledged, and not kept");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#witness.abort();
    await this.app[Symbol.asyncDispose]();
  }

  /** Waits until so many further samples are acknowledged. */
  async #witnessed(count: number): Promise<void> {
    const wanted = this.#acknowledged().length + count;
    await until(
      () => Promise.resolve(this.#acknowledged().length >= wanted),
      () =>
        Promise.resolve(`${this.#acknowledged().length} samples are acknowledged, not ${wanted}`),
    );
  }

  #acknowledged(): readonly SentSample[] {
    return this.#witness.sent.filter((sample) => sample.acknowledged);
  }

  async #readInstants(): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    for (let begin = this.#began; begin <= Date.now(); begin += 5_000) {
      const query = `from=${begin}&to=${begin + 5_000}&points=5000`;
      const url = `${this.app.origin}/api/services/witness/history?${query}`;
      const { metrics }: HistoryView = await (await fetch(url)).json();
      for (const at of metrics.cpu?.t ?? []) found.add(at);
    }
    return found;
  }
}

/** Waits until something holds, and fails with words if it does not in time. */
export async function until(
  holds: () => Promise<boolean>,
  explain: () => Promise<string>,
): Promise<void> {
  for (const end = Date.now() + CALM_WITHIN_MS; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(await explain());
}

/** Does something so many times, some of them at once. */
export async function times(
  count: number,
  act: (index: number) => Promise<void>,
  atOnce = 50,
): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let index = next++; index < count; index = next++) await act(index);
  }));
}
