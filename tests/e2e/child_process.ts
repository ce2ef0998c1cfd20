/**
 * Child processes for tests: what they write can be waited for, and none outlives its test.
 *
 * @module
 */

/** What to run. */
export interface ChildOptions {
  /** The program. @default {Deno} */
  readonly program?: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** The working directory. */
  readonly folder: string;
  /** What differs from the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a process ended. */
export interface ChildEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running program. */
export class ChildProcess implements AsyncDisposable {
  /** Settles when it has ended and all that it wrote has been read. */
  readonly ended: Promise<ChildEnd>;
  readonly #child: Deno.ChildProcess;
  readonly #stdout = new Output();
  readonly #stderr = new Output();
  #isOver = false;

  /** Starts it. Its standard input stays open until it ends. */
  constructor({ program = Deno.execPath(), args, folder, env = {} }: ChildOptions) {
    this.#child = new Deno.Command(program, {
      ...{ args: [...args], cwd: folder, env: { NO_COLOR: "1", ...env } },
      ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
    }).spawn();
    this.ended = this.#end();
  }

  /** The id of the process. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Waits for text in what it writes to standard output. */
  written(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#find(this.#stdout, pattern);
  }

  /** Waits for text in what it writes to standard error. */
  complained(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#find(this.#stderr, pattern);
  }

  /** Sends a signal, unless it has ended. */
  kill(signal: Deno.Signal): void {
    if (!this.#isOver) this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill("SIGKILL");
    await this.ended;
  }

  async #find(output: Output, pattern: RegExp): Promise<RegExpExecArray> {
    const found = await output.find(pattern);
    if (found !== null) return found;
    const { code, stdout, stderr } = await this.ended;
    throw new Error(`Cannot find ${pattern}; it ended with ${code}:\n${stdout}${stderr}`);
  }

  async #end(): Promise<ChildEnd> {
    const [status] = await Promise.all([
      this.#child.status.finally(() => this.#isOver = true),
      this.#stdout.collect(this.#child.stdout),
      this.#stderr.collect(this.#child.stderr),
    ]);
    await this.#child.stdin.abort().catch(() => {});
    return { code: status.code, stdout: this.#stdout.text, stderr: this.#stderr.text };
  }
}

/** Runs a program until it ends by itself. */
export async function runToEnd(options: ChildOptions): Promise<ChildEnd> {
  await using child = new ChildProcess(options);
  return await child.ended;
}

class Output {
  text = "";
  #isOver = false;
  #changed = Promise.withResolvers<void>();

  async collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.text += text;
      this.#notify();
    }
    this.#isOver = true;
    this.#notify();
  }

  /** Returns `null` if it ended without. */
  async find(pattern: RegExp): Promise<RegExpExecArray | null> {
    while (true) {
      const found = pattern.exec(this.text);
      if (found !== null || this.#isOver) return found;
      await this.#changed.promise;
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
