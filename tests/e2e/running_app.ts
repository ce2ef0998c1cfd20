/**
 * The built app as a process of its own, with the permissions of `deno task start`.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { INSTALLED, serverPermissions } from "@/tools/permissions.ts";
import { readServerNeeds } from "@/tools/server_needs.ts";

import { type ChildEnd, ChildProcess } from "./child_process.ts";

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** A sample as clients send it. */
export interface PushedSample {
  readonly service: string;
  readonly at?: number;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A configuration without simulated services, where nothing goes DOWN while a test is at work. */
export const QUIET = {
  services: [],
  rules: [
    { name: "HIGH_CPU", metric: "cpu", above: 85, for: 3, severity: "warning" },
    { name: "SERVICE_DOWN", missingHeartbeat: "1h", severity: "critical" },
  ],
};

/** The app with a configuration, on a port that stays the same when it is restarted. */
export class RunningApp implements AsyncDisposable {
  readonly #folder: string;
  readonly #variables: Readonly<Record<string, string>>;
  #port = 0;
  #process: ChildProcess | undefined;

  private constructor(folder: string, variables: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#variables = variables;
  }

  /** Puts another configuration in place, whole at once, which it notices by itself. */
  async configure(config: unknown): Promise<void> {
    const next = join(this.#folder, "next.jsonc");
    await Deno.writeTextFile(next, JSON.stringify(config));
    await Deno.rename(next, join(this.#folder, "vitals.config.jsonc"));
  }

  /** Puts a scenario beside the configuration. */
  async addScenario(name: string, scenario: unknown): Promise<void> {
    const folder = join(this.#folder, "scenarios");
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, `${name}.jsonc`), JSON.stringify(scenario));
  }

  /** Starts it, and waits until it is ready. */
  static async start(
    config: unknown,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<RunningApp> {
    const folder = await Deno.makeTempDir({ prefix: "vitals_e2e_" });
    await Deno.writeTextFile(join(folder, "vitals.config.jsonc"), JSON.stringify(config));
    const app = new RunningApp(folder, variables);
    try {
      await app.start();
    } catch (error) {
      await app[Symbol.asyncDispose]();
      throw error;
    }
    return app;
  }

  /** Starts it again after {@linkcode RunningApp.end}. */
  async start(): Promise<void> {
    const env = {
      HOST: "127.0.0.1",
      PORT: String(this.#port),
      VITALS_CONFIG: join(this.#folder, "vitals.config.jsonc"),
      VITALS_DATA: join(this.#folder, "data"),
      ...this.#variables,
    };
    const needs = readServerNeeds({
      project: PROJECT,
      config: env.VITALS_CONFIG,
      read: (path) => Deno.readTextFileSync(path),
      env: (name) => this.#variables[name],
    });
    const args = ["run", INSTALLED, ...serverPermissions(env, PROJECT, needs), "serve.ts"];
    this.#process = new ChildProcess({ args, folder: PROJECT, env });
    const [, port] = await this.#process.written(
      /Vitals is ready: http:\/\/127\.0\.0\.1:(\d+)\/\n/,
    );
    this.#port = Number(port);
  }

  /** Where it is, without a slash at the end. */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The id of the process; 0 before the first start. */
  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** The folder of its history, unless a variable names another. */
  get dataFolder(): string {
    return join(this.#folder, "data");
  }

  /** Ends it by a signal, and returns its exit code. */
  async end(signal: Deno.Signal): Promise<number> {
    this.#process?.kill(signal);
    return (await this.#process?.ended)?.code ?? 0;
  }

  /** Ends it by a signal, and returns all that it wrote. */
  async endWithLog(signal: Deno.Signal): Promise<ChildEnd> {
    await this.end(signal);
    return await this.#process?.ended ?? { code: 0, stdout: "", stderr: "" };
  }

  /** Sends samples, which must be accepted. */

  /** Sends samples, with the token if one is set; they must be accepted. */
  async push(...samples: readonly PushedSample[]): Promise<void> {
    const token = this.#variables.VITALS_TOKEN;
    const response = await fetch(`${this.origin}/api/samples`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...token === undefined ? {} : { authorization: `Bearer ${token}` },
      },
      body: JSON.stringify(samples),
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`Cannot push: ${response.status} ${text}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
    await Deno.remove(this.#folder, { recursive: true });
  }
}
