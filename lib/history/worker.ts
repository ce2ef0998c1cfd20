/**
 * The entry of the Web Worker that has the history's database open; `worker_history.ts` starts it. It may
 * read and write the folder of the database and nothing else. An error that is none of the history ends it.
 *
 * @module
 */

import { type History, HistoryError } from "@/lib/ports/history.ts";

import { openFolder } from "./open_folder.ts";
import { type FromWorker, perform, type ToWorker } from "./worker_messages.ts";
import { wrapStore } from "./wrap_store.ts";

/** The part of the worker's global scope that is used; the compiler's `self` is a window's. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}

declare const self: WorkerScope;

/** Begins to listen; the first message says where the history is. */
function listen(): void {
  let history: History | null = null;
  self.addEventListener("message", ({ data: message }) => {
    if (message.kind === "start") {
      const { folder, retention } = message;
      history = wrapStore({ open: () => openFolder(folder, retention) });
    } else if (history !== null) {
      void answer(history, message);
    }
  });
}

async function answer(
  history: History,
  { id, call }: Extract<ToWorker, { kind: "call" }>,
): Promise<void> {
  try {
    self.postMessage({ kind: "answer", id, answer: await perform(history, call) });
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    self.postMessage({ kind: "failure", id, fault: error.fault, message: error.message });
  }
}

listen();
