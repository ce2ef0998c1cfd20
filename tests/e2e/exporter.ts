/**
 * Exporters to scrape: the real node_exporter, and one that answers what a test wants.
 *
 * @module
 */

/** Debian's node_exporter on a free port of this machine, until it is disposed of. */
export class NodeExporter implements AsyncDisposable {
  /** Its page. */
  readonly url: string;
  readonly #child: Deno.ChildProcess;
  readonly #log: Promise<void>;

  private constructor(child: Deno.ChildProcess, url: string, log: Promise<void>) {
    this.#child = child;
    this.url = url;
    this.#log = log;
  }

  /** Starts it, and waits until it listens. */
  static async start(): Promise<NodeExporter> {
    const child = new Deno.Command("/usr/bin/prometheus-node-exporter", {
      args: ["--web.listen-address=127.0.0.1:0"],
      ...{ stdin: "null", stdout: "null", stderr: "piped" },
    }).spawn();
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const log = readLog(child, resolve).then(() => reject(new Error("node_exporter ended")));
    const address = await promise;
    return new NodeExporter(child, `http://${address}/metrics`, log);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#child.status;
    await this.#log;
  }
}

async function readLog(
  child: Deno.ChildProcess,
  onAddress: (address: string) => void,
): Promise<void> {
  let text = "";
  for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
    text += part;
    const [, address] = /msg="Listening on" address=(\S+)\n/.exec(text) ?? [];
    if (address !== undefined) onAddress(address);
  }
}

/** Answers a request for one path. */
export type AnswerPath = (request: Request) => Response | Promise<Response>;

/** Answers by path on a free port of this machine, until it is disposed of. */
export class FakeExporter implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(answers: Readonly<Record<string, AnswerPath>>) {
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {}, onError: abort };
    this.#server = Deno.serve(options, (request) => {
      const answer = answers[new URL(request.url).pathname];
      return answer?.(request) ?? new Response("no such page\n", { status: 404 });
    });
  }

  /** Scheme, host and port. */
  get origin(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function abort(): Response {
  return new Response("broken\n", { status: 500 });
}

/** Returns an answer that goes on for ever: as fast as it is read, or with a line now and then. */
export function endless(pauseMs: number | null): Response {
  const line = new TextEncoder().encode(
    `${"x".repeat(40)} 1\n`.repeat(pauseMs === null ? 1_000 : 1),
  );
  const end = Promise.withResolvers<void>();
  return new Response(
    new ReadableStream({
      async pull(controller) {
        if (pauseMs !== null) await Promise.race([pause(pauseMs), end.promise]);
        controller.enqueue(line);
      },
      cancel: () => end.resolve(),
    }),
  );
}

/** Returns an answer that breaks off in the middle of a line. */
export function cutOff(text: string): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
      },
      async pull(controller) {
        await pause(20);
        controller.error(new Error("cut off"));
      },
    }),
  );
}

/** Resolves after so many milliseconds. */
export function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
