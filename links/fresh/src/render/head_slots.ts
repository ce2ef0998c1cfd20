/**
 * Merges what pages put into `<Head>` with what the document's head has already.
 *
 * @module
 */

import { createElement, type VNode } from "preact";

const HEAD_ELEMENTS: ReadonlySet<unknown> = new Set([
  "title",
  "meta",
  "link",
  "script",
  "style",
  "base",
  "noscript",
  "template",
]);

/** Props that do not tell one element of a type from another. */
const ACCIDENTAL_PROPS: ReadonlySet<string> = new Set(["children", "nonce", "ref", "data-key"]);

/** An element of the document's own head, with what replaces it. */
interface Slot {
  vnode: VNode;
  readonly identity: string;
}

/** Collects both kinds of head elements, in the order in which they are rendered. */
export class HeadSlots {
  readonly #slots: Slot[] = [];
  readonly #additions = new Map<string, VNode>();

  /** Tells whether an element is one that can be moved into the head. */
  static accepts(vnode: VNode): boolean {
    return HEAD_ELEMENTS.has(vnode.type);
  }

  /** Takes an element of the document's head; returns the number of its place. */
  place(vnode: VNode): number {
    return this.#slots.push({ vnode: copy(vnode, {}), identity: identityOf(vnode) }) - 1;
  }

  /** Takes an element from a `<Head>`. A later one with the same identity wins. */
  add(vnode: VNode): void {
    const marks = vnode.key === undefined || vnode.key === null ? {} : { "data-key": vnode.key };
    this.#additions.set(identityOf(vnode), copy(vnode, marks));
  }

  /** Decides what stands where: the elements by place, and those that have none. */
  merge(): {
    readonly placed: readonly VNode[];
    readonly rest: readonly VNode[];
  } {
    const additions = new Map(this.#additions);
    const placed = this.#slots.map(({ vnode, identity }) => {
      const replacement = additions.get(identity);
      additions.delete(identity);
      return replacement ?? vnode;
    });
    return { placed, rest: [...additions.values()] };
  }
}

function copy(vnode: VNode, marks: object): VNode {
  return createElement(String(vnode.type), { ...vnode.props, ...marks, key: vnode.key });
}

function identityOf(vnode: VNode): string {
  if (vnode.key !== undefined && vnode.key !== null) return `key:${vnode.key}`;
  if (vnode.type === "title") return "title";
  const props = Object.entries(vnode.props).filter(([name]) =>
    !ACCIDENTAL_PROPS.has(name) &&
    !(vnode.type === "meta" && name === "content") &&
    !(vnode.type === "link" && name === "href")
  ).map(([name, value]) => `${name}=${value}`);
  return [vnode.type, ...props.sort()].join(" ");
}
