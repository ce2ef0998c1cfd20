/**
 * The few parts of the DOM that Preact needs to render and to render again, so that tests can see which
 * nodes are kept, moved and changed. It knows no layout and no HTML.
 *
 * @module
 */

/** An element or a text, in the eyes of Preact. */
export class TinyNode {
  parentNode: TinyNode | null = null;
  readonly childNodes: TinyNode[] = [];
  readonly attributes = new Map<string, string>();
  readonly namespaceURI = "http://www.w3.org/1999/xhtml";
  readonly nodeType: number;
  #text: string;
  #isSkipped = false;
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(readonly localName: string, text = "") {
    this.nodeType = localName === "#text" ? 3 : 1;
    this.#text = text;
  }

  get firstChild(): TinyNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): TinyNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  /** The text of a text node. */
  get data(): string {
    return this.#text;
  }

  set data(text: string) {
    this.#text = text;
  }

  /** The text of this node and of all below it. */
  get textContent(): string {
    return this.#text + this.childNodes.map((child) => child.textContent).join("");
  }

  contains(node: TinyNode | null): boolean {
    return node !== null && (node === this || this.contains(node.parentNode));
  }

  insertBefore(node: TinyNode, before: TinyNode | null): TinyNode {
    node.remove();
    const index = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(index, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node: TinyNode): TinyNode {
    return this.insertBefore(node, null);
  }

  removeChild(node: TinyNode): TinyNode {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  get firstElementChild(): TinyNode | null {
    return this.childNodes.find((child) => child.nodeType === 1) ?? null;
  }

  /** Tells whether no element above this one is skipped. */
  checkVisibility(): boolean {
    const parent = this.parentNode;
    return parent === null || (!parent.#isSkipped && parent.checkVisibility());
  }

  /** Plays a browser that begins or ceases to skip the contents of an element with `content-visibility: auto`. */
  setSkipped(isSkipped: boolean): void {
    this.#isSkipped = isSkipped;
    for (const listener of this.#listeners.get("contentvisibilityautostatechange") ?? []) {
      listener();
    }
  }

  addEventListener(type: string, listener: () => void): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: () => void): void {
    this.#listeners.get(type)?.delete(listener);
  }

  /** All elements of this name below this one, in order. */
  findAll(localName: string): TinyNode[] {
    return this.childNodes.flatMap((child) => [
      ...(child.localName === localName ? [child] : []),
      ...child.findAll(localName),
    ]);
  }
}

/** Puts a tiny document in the place of the global one until it is disposed. */
export function installTinyDocument(): Disposable {
  const before = Object.getOwnPropertyDescriptor(globalThis, "document");
  Object.defineProperty(globalThis, "document", {
    configurable: true,
    value: {
      createElement: (name: string) => new TinyNode(name),
      createElementNS: (_: string, name: string) => new TinyNode(name),
      createTextNode: (text: string) => new TinyNode("#text", String(text)),
    },
  });
  return {
    [Symbol.dispose]: () => {
      if (before === undefined) Reflect.deleteProperty(globalThis, "document");
      else Object.defineProperty(globalThis, "document", before);
    },
  };
}
