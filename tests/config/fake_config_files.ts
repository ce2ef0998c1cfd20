/**
 * A file system of one file that tests write.
 *
 * @module
 */

import type { ConfigFiles, ConfigWatch } from "@/lib/config/config_file.ts";

/** Implements {@linkcode ConfigFiles} in memory. */
export class FakeConfigFiles implements ConfigFiles {
  /** What reading gives: text, bytes, `null` for no file, or an error that is thrown. */
  content: string | Uint8Array | Error | null;
  /** How often the file was read. */
  reads = 0;
  /** Whether watching fails. */
  unwatchable = false;
  readonly #watching = new Set<ConfigWatch>();
  #onEvent: () => void = () => {};

  constructor(content: string | Uint8Array | Error | null) {
    this.content = content;
  }

  /** How many watches were begun and not ended. */
  get watches(): number {
    return this.#watching.size;
  }

  read(_path: string): Promise<Uint8Array | null> {
    this.reads++;
    const { content } = this;
    if (content instanceof Error) return Promise.reject(content);
    return Promise.resolve(
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
  }

  watch(_path: string, onEvent: () => void): ConfigWatch {
    if (this.unwatchable) throw new Error("too many watches");
    const watch = {
      stop: () => {
        this.#watching.delete(watch);
        return Promise.resolve();
      },
    };
    this.#watching.add(watch);
    this.#onEvent = onEvent;
    return watch;
  }

  /** Changes the content as an editor does, so that the watch notices. */
  write(content: string | Uint8Array | Error | null): void {
    this.content = content;
    this.#onEvent();
  }
}
