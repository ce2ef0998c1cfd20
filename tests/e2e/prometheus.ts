/**
 * A real Prometheus from Debian that scrapes one address, with its data in a temporary folder.
 *
 * @module
 */

import { join } from "node:path";

import { delay } from "@std/async";

import { ChildProcess, runToEnd } from "./child_process.ts";

/** A series as Prometheus answers it. */
export interface FoundSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** When, in seconds, and the value as text. */
  readonly value: readonly [number, string];
}

/** What Prometheus says of an address that it scrapes. */
export interface ScrapedTarget {
  readonly health: string;
  readonly lastError: string;
  readonly scrapeUrl: string;
}

/** What Prometheus says of a rule. */
export interface FoundRule {
  readonly name: string;
  readonly health: string;
}

interface RuleGroup {
  readonly rules: readonly FoundRule[];
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE_MS = 30_000;

/** A running Prometheus. */
export class Prometheus implements AsyncDisposable {
  readonly #folder: string;
  readonly #origin: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#origin = `http://127.0.0.1:${port}`;
    const args = [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    this.#process = new ChildProcess({ program: "/usr/bin/prometheus", args, folder });
  }

  /** Starts one that scrapes an address such as `127.0.0.1:8000` every second. */
  static async start(target: string, rules: string | null = null): Promise<Prometheus> {
    const folder = await Deno.makeTempDir({ prefix: "vitals_prometheus_" });
    await Deno.writeTextFile(join(folder, "prometheus.yml"), configure(target, rules !== null));
    if (rules !== null) await Deno.writeTextFile(join(folder, "rules.yml"), rules);
    const prometheus = new Prometheus(folder, findFreePort());
    try {
      await prometheus.#process.complained(/Server is ready to receive web requests/);
    } catch (error) {
      await prometheus[Symbol.asyncDispose]();
      throw error;
    }
    return prometheus;
  }

  /** Returns what an expression finds, as soon as it finds something. */
  async query(expression: string): Promise<readonly FoundSeries[]> {
    const path = `/api/v1/query?query=${encodeURIComponent(expression)}`;
    return await this.#ask(
      path,
      (data: { readonly result: readonly FoundSeries[] }) =>
        data.result.length === 0 ? undefined : data.result,
    );
  }

  /** Returns what it scrapes, once it has tried. */
  async targets(): Promise<readonly ScrapedTarget[]> {
    return await this.#ask(
      "/api/v1/targets",
      ({ activeTargets }: { readonly activeTargets: readonly ScrapedTarget[] }) =>
        activeTargets.some(({ health }) => health === "unknown") ? undefined : activeTargets,
    );
  }

  /** Returns its rules, once all were evaluated. */
  async rules(): Promise<readonly FoundRule[]> {
    return await this.#ask(
      "/api/v1/rules",
      ({ groups }: { readonly groups: readonly RuleGroup[] }) => {
        const rules = groups.flatMap((group) => group.rules);
        return rules.some(({ health }) => health === "unknown") ? undefined : rules;
      },
    );
  }

  /** Ends it as its service manager would, and returns its exit code. */
  async end(): Promise<number> {
    this.#process.kill("SIGTERM");
    return (await this.#process.ended).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await Deno.remove(this.#folder, { recursive: true });
  }

  /** It scrapes when it likes, and tells nobody: one can only ask again. */
  async #ask<Data, Found>(path: string, find: (data: Data) => Found | undefined): Promise<Found> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const response = await fetch(this.#origin + path, { signal });
      const { data } = await response.json();
      const found = find(data);
      if (found !== undefined) return found;
      await delay(100, { signal });
    }
  }
}

/** Reads a text as `promtool check metrics` does; returns what it complains about. */
export async function checkMetrics(text: string): Promise<{ code: number; complaints: string }> {
  return await promtool(text, 'promtool check metrics < "$1"');
}

/** Reads a text as a configuration of Prometheus. */
export async function checkConfig(text: string): Promise<{ code: number; complaints: string }> {
  return await promtool(text, 'promtool check config "$1"');
}

async function promtool(
  text: string,
  script: string,
): Promise<{ code: number; complaints: string }> {
  const file = await Deno.makeTempFile({ prefix: "vitals_promtool_" });
  try {
    await Deno.writeTextFile(file, text);
    const args = ["-c", script, "promtool", file];
    const { code, stdout, stderr } = await runToEnd({ program: "/bin/sh", args, folder: "/tmp" });
    return { code, complaints: stdout + stderr };
  } finally {
    await Deno.remove(file);
  }
}

/** JSON is YAML as well. */
function configure(target: string, hasRules: boolean): string {
  return JSON.stringify({
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    ...hasRules ? { rule_files: ["rules.yml"] } : {},
    scrape_configs: [{ job_name: "vitals", static_configs: [{ targets: [target] }] }],
  });
}

/** Returns a port to listen on: these programs do not tell which they got, so they are told which to take. */
export function findFreePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
