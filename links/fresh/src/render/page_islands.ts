/**
 * The islands of one page, and the HTML that starts them in the browser.
 *
 * @module
 */

import type { ClientScript, ClientScripts } from "../build.ts";
import type { PageData } from "../client/boot.ts";
import type { Island, Islands } from "../islands/island.ts";
import { type JsonObject, PropEncoder } from "../islands/prop_encoder.ts";

const DATA_ID = "__frsh";

/** Where {@linkcode PageIslands.toHtml} gets scripts from. */
export interface ScriptOptions {
  /** The app's base path, in front of all script URLs. */
  readonly basePath: string;
  /** The nonce of the response's content security policy. */
  readonly nonce: string;
  /** The scripts that are not islands. */
  readonly scripts: ClientScripts;
}

/** Collects the islands that a page renders, with their props. */
export class PageIslands {
  readonly #known: Islands;
  readonly #components = new Map<Island, number>();
  readonly #instances: [component: number, props: JsonObject][] = [];
  readonly #encoder = new PropEncoder();

  /** Starts without any. */
  constructor(known: Islands) {
    this.#known = known;
  }

  /**
   * Adds an island to the page.
   *
   * @returns Its number on the page, or `null` if the component is not an island.
   * @throws {TypeError} If a prop cannot be sent to the browser.
   */
  add(component: unknown, props: object): number | null {
    const island = this.#known.get(component);
    if (island === undefined) return null;
    const encoded = this.#encoder.encode(island.name, props);
    let index = this.#components.get(island);
    if (index === undefined) {
      this.#components.set(island, index = this.#components.size);
    }
    return this.#instances.push([index, encoded]) - 1;
  }

  /** The scripts that the page needs, those first that others wait for. */
  scripts(scripts: ClientScripts): ClientScript[] {
    const needed = scripts.reload === null ? [] : [scripts.reload];
    if (this.#components.size === 0) return needed;
    const islands = [...this.#components.keys()].map((island) => island.script);
    return [...new Set([scripts.boot, ...islands, ...needed])];
  }

  /** Returns the elements for the end of the body; `""` if the page needs no script. */
  toHtml({ basePath, nonce, scripts }: ScriptOptions): string {
    const lines: string[] = [];
    if (scripts.reload !== null) {
      lines.push(`import "${basePath}${scripts.reload.path}";`);
    }
    if (this.#components.size > 0) {
      lines.push(`import { boot } from "${basePath}${scripts.boot.path}";`);
      for (const [{ exportName, script }, index] of this.#components) {
        lines.push(`import { ${exportName} as i${index} } from "${basePath}${script.path}";`);
      }
      const names = Array.from({ length: this.#components.size }, (_, index) => `i${index}`);
      lines.push(`boot([${names.join(", ")}], "${DATA_ID}");`);
    }
    if (lines.length === 0) return "";
    return this.#dataHtml() +
      `<script type="module" nonce="${nonce}">${lines.join("")}</script>`;
  }

  #dataHtml(): string {
    if (this.#instances.length === 0) return "";
    const data: PageData = { signals: this.#encoder.signals, islands: this.#instances };
    // Without "<" the text can neither end its element nor open a comment in it.
    const json = JSON.stringify(data).replaceAll("<", "\\u003c");
    return `<script type="application/json" id="${DATA_ID}">${json}</script>`;
  }
}
