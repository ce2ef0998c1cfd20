/**
 * A storage of the browser, in memory.
 *
 * @module
 */

import type { Drawer } from "@/components/operator_memory.ts";

/** Implements {@linkcode Drawer}. */
export class FakeDrawer implements Drawer {
  readonly #items = new Map<string, string>();

  /** All that is kept. */
  get values(): string[] {
    return [...this.#items.values()];
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
}
