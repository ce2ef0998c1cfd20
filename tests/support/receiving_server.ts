/**
 * A real HTTP server that keeps what it gets and answers what it is told to.
 *
 * @module
 */

/** A request as it came. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What to answer: a response, or nothing until the server ends. */
export type ScriptedAnswer = (() => Response) | "hang";

/** Listens on a free port of this machine until it is disposed of. */
export class ReceivingServer implements AsyncDisposable {
  /** Requests, oldest first. */
  readonly received: ReceivedRequest[] = [];
  /** The next answers; afterwards all are 204. */
  readonly script: ScriptedAnswer[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #ending = Promise.withResolvers<void>();
  #waiters: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor() {
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    this.#server = Deno.serve(options, (request) => this.#take(request));
  }

  /** Scheme, host and port. */
  get origin(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The bodies, as JSON. */
  get messages(): Record<string, unknown>[] {
    return this.received.map(({ body }) => JSON.parse(body));
  }

  /** Resolves once so many requests have come. */
  async until(count: number): Promise<void> {
    if (this.received.length >= count) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.push({ count, resolve });
    await promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.resolve();
    await this.#server.shutdown();
  }

  async #take(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const body = await request.text();
    this.received.push({ method, path: pathname + search, headers, body });
    const answer = this.script.shift() ?? (() => new Response(null, { status: 204 }));
    for (const { count, resolve } of this.#waiters) {
      if (this.received.length >= count) resolve();
    }
    if (answer !== "hang") return answer();
    await this.#ending.promise;
    return new Response(null, { status: 503 });
  }
}
