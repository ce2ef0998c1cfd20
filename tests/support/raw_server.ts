/**
 * A real server below HTTP: it says to each connection what a test tells it to.
 *
 * @module
 */

/** Answers one connection; it is closed afterwards. */
export type AnswerConnection = (connection: Deno.Conn) => Promise<void>;

/** Listens on a free port of this machine until it is disposed of. */
export class RawServer implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.Conn>();
  readonly #serving: Promise<void>;
  /** How many have connected. */
  accepted = 0;
  /** How many bytes have come in. */
  receivedBytes = 0;

  constructor(answer: AnswerConnection) {
    this.#serving = this.#serve(answer);
  }

  /** The port. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Scheme, host and port. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) this.#close(connection);
    await this.#serving;
  }

  async #serve(answer: AnswerConnection): Promise<void> {
    const answers: Promise<void>[] = [];
    for await (const connection of this.#listener) {
      this.accepted++;
      this.#connections.add(connection);
      answers.push(this.#answer(connection, answer));
    }
    await Promise.all(answers);
  }

  #close(connection: Deno.Conn): void {
    if (!this.#connections.delete(connection)) return;
    try {
      connection.close();
    } catch {
      // A connection that broke off may be closed already.
    }
  }

  /** Whoever breaks off is no fault of the server. */
  async #answer(connection: Deno.Conn, answer: AnswerConnection): Promise<void> {
    try {
      const request = new Uint8Array(4_096);
      this.receivedBytes += await connection.read(request) ?? 0;
      await answer(connection);
    } catch {
      // It is over.
    }
    this.#close(connection);
  }
}

/** Says a text. */
export async function say(connection: Deno.Conn, text: string): Promise<void> {
  let left = new TextEncoder().encode(text);
  while (left.length > 0) left = left.subarray(await connection.write(left));
}

/** Never answers; it ends when the other side does. */
export async function listen(connection: Deno.Conn): Promise<void> {
  const bytes = new Uint8Array(4_096);
  while (await connection.read(bytes) !== null);
}

/** Returns a port of this machine that nothing listens on. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
