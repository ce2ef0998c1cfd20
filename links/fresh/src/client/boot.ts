/**
 * Brings the islands of a page to life. This is all that runs in the browser apart from the
 * islands themselves, so it is kept as small as it can be.
 *
 * @module
 */

import { type ComponentType, render, type VNode } from "preact";
// What islands are compiled to use: in one script with the rest of Preact, as boot needs both.
import { jsx } from "preact/jsx-runtime";

import type { EncodedSignal } from "../islands/prop_encoder.ts";
import { createDecoder } from "./prop_decoder.ts";
import { createRangeRoot, type NodeRange, type RangeRoot } from "./range_root.ts";

/** What the server writes into the page for {@linkcode boot}. */
export interface PageData {
  /** All signals in props. */
  readonly signals: readonly EncodedSignal[];
  /** For every island its component's index, and its encoded props. */
  readonly islands: readonly (readonly [component: number, props: object])[];
}

/**
 * Renders every island of the page over the HTML that the server made of it, each in a task of
 * its own: one that throws does not stop the others.
 *
 * @param components The components that the page data refers to.
 * @param dataId Id of the element with the page data.
 */
export function boot(components: readonly ComponentType[], dataId: string): void {
  const data: PageData = JSON.parse(document.getElementById(dataId)?.textContent ?? "");
  const decode = createDecoder(data.signals);
  const ranges = findRanges();
  data.islands.forEach(([component, props], index) => {
    decode(props);
    const type = components[component];
    const root = ranges[index] && createRangeRoot(ranges[index]);
    if (type && root) setTimeout(start, 0, jsx(type, props), root);
    else {reportError(
        new Error(`Cannot start island ${index}: its HTML is nested wrongly`),
      );}
  });
}

/**
 * Renders an island, and removes what the server rendered at its top that it has not taken over:
 * Preact does so only inside of elements. A last text tells which nodes these are.
 */
function start(island: VNode, root: RangeRoot): void {
  const last = "frsh:last";
  render([island, last], root);
  let isLeftOver = false;
  for (const node of root.childNodes) {
    if (isLeftOver) {
      node.remove();
    } else if (node instanceof Text && node.data === last) {
      node.data = "";
      isLeftOver = true;
    }
  }
}

/**
 * Finds the islands by their comments, and replaces these by empty text: Preact skips comments
 * when it looks for the place of a new node, and would leave the range.
 */
function findRanges(): NodeRange[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) {
    if (walker.currentNode instanceof Comment) {
      comments.push(walker.currentNode);
    }
  }
  const starts: Text[] = [];
  const ranges: NodeRange[] = [];
  for (const comment of comments) {
    const [, slash, digits] = /^(\/?)frsh:(\d+)$/.exec(comment.data) ?? [];
    if (!digits) continue;
    const index = +digits;
    const mark = new Text();
    comment.replaceWith(mark);
    const start = starts[index];
    if (!slash) starts[index] = mark;
    else if (start) ranges[index] = { start, end: mark };
  }
  return ranges;
}
