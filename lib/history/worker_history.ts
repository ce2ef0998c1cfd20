/**
 * The history in a folder, by a Web Worker: what takes long keeps nobody waiting but who asked.
 *
 * @module
 */

import type { Retention } from "@/lib/domain/retention.ts";
import { type History, HistoryError } from "@/lib/ports/history.ts";

import type { Call, FromWorker, Method, ToWorker } from "./worker_messages.ts";

/** Options of {@linkcode openWorkerHistory}. */
export interface WorkerHistoryOptions {
  /** Path of the folder of the database, which is created if there is none. */
  readonly folder: string;
  /** How long what is kept. */
  readonly retention: Retention;
  /** Hears why the worker died, if it does. Each call is rejected from then on, until it is opened again. */
  readonly onDeath?: (reason: string) => void;
  /** Creates the worker; `new Worker()` by default. */
  readonly create?: (module: string, options: WorkerOptions) => Worker;
}

/** Who waits for an answer. */
interface Asker {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: HistoryError) => void;
}

/**
 * Returns the history in a folder. Its worker is started by `open()` and ended by `close()`; after that, and
 * after its death, it may be opened again. The process must be allowed to read and write the folder, and to
 * read the module of the worker.
 *
 * @example
 * ```ts
 * import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
 * import { openWorkerHistory } from "@/lib/history/worker_history.ts";
 *
 * const history = openWorkerHistory({ folder: "data", retention: DEFAULT_RETENTION });
 * ```
 */
export function openWorkerHistory(options: WorkerHistoryOptions): History {
  return new WorkerHistory(options).toHistory();
}

class WorkerHistory {
  readonly #options: WorkerHistoryOptions;
  readonly #askers = new Map<number, Asker>();
  #worker: Worker | null = null;
  #nextId = 0;

  constructor(options: WorkerHistoryOptions) {
    this.#options = options;
  }

  toHistory(): History {
    return {
      open: (...args) => this.#open(args),
      append: (...args) => this.#ask({ method: "append", args }),
      samples: (...args) => this.#ask({ method: "samples", args }),
      events: (...args) => this.#ask({ method: "events", args }),
      statuses: (...args) => this.#ask({ method: "statuses", args }),
      endedAlerts: (...args) => this.#ask({ method: "endedAlerts", args }),
      gaps: (...args) => this.#ask({ method: "gaps", args }),
      transitionsOf: (...args) => this.#ask({ method: "transitionsOf", args }),
      maintain: (...args) => this.#ask({ method: "maintain", args }),
      retain: (...args) => this.#ask({ method: "retain", args }),
      usage: (...args) => this.#ask({ method: "usage", args }),
      close: (...args) => this.#close(args),
    };
  }

  async #open(args: Parameters<History["open"]>): ReturnType<History["open"]> {
    this.#end();
    try {
      this.#worker = this.#start();
      return await this.#ask({ method: "open", args });
    } catch (error) {
      this.#end();
      throw error instanceof HistoryError ? error : notStarted(this.#options.folder, error);
    }
  }

  async #close(args: Parameters<History["close"]>): ReturnType<History["close"]> {
    try {
      await this.#ask({ method: "close", args });
    } finally {
      this.#end();
    }
  }

  #start(): Worker {
    const { folder, retention, create = createWorker } = this.#options;
    const permissions = { read: [folder], write: [folder] };
    const options: WorkerOptions = { type: "module", deno: { permissions } };
    const worker = create(new URL("./worker.ts", import.meta.url).href, options);
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#settle(data));
    worker.addEventListener("error", (event) => {
      // Otherwise the error of the worker would end the whole process.
      event.preventDefault();
      if (this.#worker === worker) this.#die(event.message);
    });
    post(worker, { kind: "start", folder, retention });
    return worker;
  }

  #ask<Name extends Method>(
    call: Extract<Call, { readonly method: Name }>,
  ): ReturnType<History[Name]>;
  #ask(call: Call): Promise<unknown> {
    const worker = this.#worker;
    if (worker === null) return Promise.reject(notOpen());
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#askers.set(id, { resolve, reject });
    post(worker, { kind: "call", id, call });
    return promise;
  }

  #settle(message: FromWorker): void {
    const asker = this.#askers.get(message.id);
    this.#askers.delete(message.id);
    if (message.kind === "answer") asker?.resolve(message.answer);
    else asker?.reject(new HistoryError(message.fault, message.message));
  }

  #die(reason: string): void {
    this.#end(`its worker died: ${reason}`);
    this.#options.onDeath?.(reason);
  }

  #end(reason = "it was closed"): void {
    this.#worker?.terminate();
    this.#worker = null;
    const message = `Cannot use the history: ${reason}; open it again`;
    for (const { reject } of this.#askers.values()) reject(new HistoryError("broken", message));
    this.#askers.clear();
  }
}

function createWorker(module: string, options: WorkerOptions): Worker {
  return new Worker(module, options);
}

function post(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

/** A worker that may not do what it is to do is refused by the runtime. */
function notStarted(folder: string, cause: unknown): HistoryError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `Cannot open the history in ${folder}: no worker for it (${reason}); ` +
    'start Vitals by "deno task start", which lets it read and write that folder';
  return new HistoryError("broken", message, { cause });
}

function notOpen(): HistoryError {
  return new HistoryError("broken", "Cannot use the history: it is closed; open it first");
}
