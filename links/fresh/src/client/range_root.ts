/**
 * Lets Preact render between two nodes instead of into an element.
 *
 * @module
 */

import type { ContainerNode } from "preact";

/** The nodes between two marks. */
export interface NodeRange {
  /** Stands before the first node. */
  readonly start: ChildNode;
  /** Stands behind the last node. */
  readonly end: ChildNode;
}

/** What Preact takes for the parent of a range. */
export interface RangeRoot extends ContainerNode {
  /** The nodes as they are now. */
  readonly childNodes: ChildNode[];
}

/**
 * Returns an object that passes for the parent of just the nodes of a range. Islands have no
 * element of their own, and several of them may share one parent.
 *
 * @returns `null` if the marks have different parents.
 */
export function createRangeRoot({ start, end }: NodeRange): RangeRoot | null {
  const parent = start.parentElement;
  if (parent === null || parent !== end.parentElement) return null;
  const root = {
    nodeType: 1,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    ownerDocument: document,
    get childNodes() {
      const nodes: ChildNode[] = [];
      for (
        let node = start.nextSibling;
        node && node !== end;
        node = node.nextSibling
      ) {
        nodes.push(node);
      }
      return nodes;
    },
    get firstChild() {
      return root.childNodes[0] ?? null;
    },
    contains: (node: Node | null) => parent.contains(node),
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  return root;
}
