/**
 * A real Alertmanager from Debian, with its data in a temporary folder.
 *
 * @module
 */

import { join } from "node:path";

import { ChildProcess } from "./child_process.ts";
import { findFreePort } from "./prometheus.ts";

/** A running Alertmanager that tells nobody. */
export class Alertmanager implements AsyncDisposable {
  /** Where it is, without a slash at the end. */
  readonly origin: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.origin = `http://127.0.0.1:${port}`;
    const args = [
      `--config.file=${join(folder, "alertmanager.yml")}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ];
    this.#process = new ChildProcess({
      program: "/usr/bin/prometheus-alertmanager",
      ...{ args, folder },
    });
  }

  /** Starts one with a receiver `ops`, which groups by service. */
  static async start(): Promise<Alertmanager> {
    const folder = await Deno.makeTempDir({ prefix: "vitals_alertmanager_" });
    // JSON is YAML as well.
    const config = {
      route: { receiver: "ops", group_by: ["service"], group_wait: "0s" },
      receivers: [{ name: "ops" }],
    };
    await Deno.writeTextFile(join(folder, "alertmanager.yml"), JSON.stringify(config));
    const alertmanager = new Alertmanager(folder, findFreePort());
    try {
      await alertmanager.#process.complained(/msg="Listening on"|Listening on/);
    } catch (error) {
      await alertmanager[Symbol.asyncDispose]();
      throw error;
    }
    return alertmanager;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.ended;
    await Deno.remove(this.#folder, { recursive: true });
  }
}
