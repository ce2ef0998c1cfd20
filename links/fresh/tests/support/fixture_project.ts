/**
 * A whole project in a temporary folder that uses this package as the app does, and processes that
 * build and serve it.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

import { createProject, type Project } from "./project.ts";

/** The links folder of this checkout. */
const LINKS = fileURLToPath(new URL("../../..", import.meta.url));

const CONFIG = {
  nodeModulesDir: "auto",
  unstable: ["bundle"],
  links: [`${LINKS}fresh`],
  imports: {
    "@/": "./",
    "fresh": "jsr:@fresh/core@^2.3",
    "preact": "npm:preact@~10.29.8",
    "@preact/signals": "npm:@preact/signals@~2.11.4",
  },
  compilerOptions: {
    jsx: "react-jsx",
    jsxImportSource: "preact",
    lib: ["dom", "dom.asynciterable", "dom.iterable", "deno.ns", "deno.unstable"],
  },
};

const MAIN = `
import { App, csp, staticFiles } from "fresh";
export const app = new App()
  .use(csp({ useNonce: true }))
  .use(staticFiles())
  .get("/api/peer", (ctx) => ctx.json(ctx.info.remoteAddr))
  .ws("/api/echo", { message: (socket, event) => socket.send(event.data) })
  .fsRoutes();
`;

const DEV = `
import { Builder } from "fresh/dev";
const builder = new Builder();
if (Deno.args.includes("build")) await builder.build();
else {
  const port = Number(Deno.args[0]);
  await builder.listen(() => import("./main.ts"), { hostname: "127.0.0.1", port });
}
`;

const SERVE = `
const server = await import("./_fresh/server.js");
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log("ready: http://127.0.0.1:" + port + "/"),
}, (req, info) => server.default.fetch(req, info));
`;

/** Whether tests may start processes; if not, those that need to are left out. */
export const CANNOT_RUN: boolean = Deno.permissions.querySync({ name: "run" }).state !== "granted";

/** A process that serves a project. */
export interface ServingProcess extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly origin: string;
  /** Waits until it has written a text. */
  written(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Creates a project with `main.ts`, `dev.ts` and `serve.ts`, and some files more. */
export async function createFixture(files: Record<string, string>): Promise<Project> {
  return await createProject({
    "deno.json": JSON.stringify(CONFIG),
    "main.ts": MAIN,
    "dev.ts": DEV,
    "serve.ts": SERVE,
    ...files,
  });
}

/** Installs and builds a project; the flags are those that a build needs. */
export async function build({ root }: Project): Promise<void> {
  await run(root, ["install"]);
  const flags = [`--allow-read=${root},${LINKS}`, `--allow-write=${root}/_fresh`, "--no-prompt"];
  await run(root, ["run", ...flags, "dev.ts", "build"]);
}

/** Serves a built project with no more permissions than it needs. */
export async function serve({ root }: Project): Promise<ServingProcess> {
  const flags = [`--allow-read=${root}`, "--allow-net=127.0.0.1", "--no-prompt"];
  return await start(root, ["run", ...flags, "serve.ts"]);
}

/** Serves a project for development, on a port that stays the same over restarts. */
export async function develop({ root }: Project): Promise<ServingProcess> {
  await run(root, ["install"]);
  const port = String(freePort());
  return await start(root, ["run", "-A", "--watch=static/,routes/", "dev.ts", port]);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function run(root: string, args: string[]): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: root });
  const { success, stderr } = await command.output();
  if (success) return;
  throw new Error(`Cannot run deno ${args.join(" ")}:\n${new TextDecoder().decode(stderr)}`);
}

async function start(root: string, args: string[]): Promise<ServingProcess> {
  const command = new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const process = command.spawn();
  const output = new Output();
  const ended = Promise.all([
    output.collect(process.stdout),
    output.collect(process.stderr),
    process.status,
  ]).then(() => output.end());
  const [, origin = ""] = await output.written(/ready: (http:\/\/[^/\s]+)\//);
  return {
    origin,
    written: (pattern) => output.written(pattern),
    async [Symbol.asyncDispose]() {
      process.kill("SIGTERM");
      await ended;
    },
  };
}

/** What a process writes. */
class Output {
  #text = "";
  #hasEnded = false;
  #changed = Promise.withResolvers<void>();

  /** Collects a stream until it ends. */
  async collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.#text += text;
      this.#notify();
    }
  }

  /** Says that nothing more will come. */
  end(): void {
    this.#hasEnded = true;
    this.#notify();
  }

  /** Waits for a text. */
  async written(pattern: RegExp): Promise<RegExpExecArray> {
    while (true) {
      const found = pattern.exec(this.#text);
      if (found !== null) return found;
      if (this.#hasEnded) {
        throw new Error(`Cannot find ${pattern} in the output:\n${this.#text}`);
      }
      await this.#changed.promise;
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
