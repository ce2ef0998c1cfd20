/**
 * Renders the parts of one page and puts the document together.
 *
 * @module
 */

import { type ComponentChild, createElement, Fragment, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";

import { switchBuildId } from "../asset.ts";
import { Head } from "../head.ts";
import type { Islands } from "../islands/island.ts";
import { adjustProps, type PageInfo } from "./element_props.ts";
import { HeadSlots } from "./head_slots.ts";
import { PageIslands } from "./page_islands.ts";
import { observeRender } from "./preact_hooks.ts";

/** Type and props that a node had before a page changed them; nodes may be rendered again. */
const originals = new WeakMap<VNode, Pick<VNode, "type" | "props">>();

/** The state of one page while it is rendered, possibly in several parts. */
export class PageRender {
  /** The islands rendered so far. */
  readonly islands: PageIslands;
  readonly #page: PageInfo;
  readonly #head = new HeadSlots();
  /** Elements of the document that were rendered by a component. */
  readonly #seen = new Set<unknown>();
  /** Nodes that this page has made and that are to be rendered as they are. */
  readonly #final = new WeakSet<VNode>();
  #islandDepth = 0;
  #headDepth = 0;
  #headComponentDepth = 0;

  /** Starts a page. */
  constructor(page: PageInfo, islands: Islands) {
    this.#page = page;
    this.islands = new PageIslands(islands);
  }

  /** Renders a part of the page. */
  render(content: ComponentChild): string {
    const previous = switchBuildId(this.#page.buildId);
    try {
      return observeRender(
        { enter: (vnode) => this.#enter(vnode), leave: (vnode) => this.#leave(vnode) },
        () => renderToString(createElement(Fragment, null, content)),
      );
    } finally {
      switchBuildId(previous);
    }
  }

  /**
   * Completes the document.
   *
   * @param html What {@linkcode PageRender.render} returned for the outermost part.
   * @param scripts HTML for the end of the body.
   */
  finish(html: string, scripts: string): string {
    const { placed, rest } = this.#head.merge();
    const restHtml = rest.map((vnode) => this.#renderFinal(vnode)).join("");
    const ownHead = this.#seen.has("head") ? "" : `<head><meta charset="utf-8"/>${restHtml}</head>`;
    const texts = new Map(placed.map((vnode, place) => [`${place}`, this.#renderFinal(vnode)]));
    texts.set("html", ownHead).set("head", restHtml).set("body", scripts);
    texts.set("end", this.#seen.has("body") ? "" : scripts);
    if (!this.#seen.has("html")) {
      const body = this.#seen.has("body") ? html : `<body>${html}${scripts}</body>`;
      html = `<html>${ownHead}${body}</html>`;
    }
    const marks = new RegExp(`<!--${this.#page.nonce}:(\\w+)-->`, "g");
    return "<!DOCTYPE html>" + html.replace(marks, (_, name: string) => texts.get(name) ?? "");
  }

  #enter(vnode: VNode): void {
    const original = originals.get(vnode);
    if (original !== undefined) Object.assign(vnode, original);
    if (this.#final.has(vnode)) {
      if (typeof vnode.type === "function") this.#islandDepth++;
      else this.#adjust(vnode);
    } else if (typeof vnode.type === "function") {
      this.#enterComponent(vnode);
    } else {
      this.#enterElement(vnode);
    }
  }

  #leave(vnode: VNode): void {
    if (vnode.type === "head") this.#headDepth--;
    else if (vnode.type === Head) this.#headComponentDepth--;
    else if (typeof vnode.type === "function" && this.#final.has(vnode)) {
      this.#islandDepth--;
    }
  }

  #enterComponent(vnode: VNode): void {
    if (vnode.type === Head) this.#headComponentDepth++;
    if (this.#islandDepth > 0) return;
    const index = this.islands.add(vnode.type, vnode.props);
    if (index === null) return;
    const content = createElement(vnode.type, { ...vnode.props, key: vnode.key });
    this.#final.add(content);
    change(vnode, Fragment, {
      children: [
        jsxTemplate([`<!--frsh:${index}-->`]),
        content,
        jsxTemplate([`<!--/frsh:${index}-->`]),
      ],
    });
  }

  #enterElement(vnode: VNode): void {
    if (
      (this.#headDepth > 0 || this.#headComponentDepth > 0) &&
      HeadSlots.accepts(vnode)
    ) {
      this.#enterHeadElement(vnode);
      return;
    }
    switch (vnode.type) {
      case "html":
        this.#seen.add("html");
        changeChildren(vnode, [this.#mark("html"), vnode.props.children, this.#mark("end")]);
        break;
      case "head":
        this.#seen.add("head");
        this.#headDepth++;
        changeChildren(vnode, [vnode.props.children, this.#mark("head")]);
        break;
      case "body":
        this.#seen.add("body");
        changeChildren(vnode, [vnode.props.children, this.#mark("body")]);
        break;
      default:
        this.#adjust(vnode);
    }
  }

  #enterHeadElement(vnode: VNode): void {
    if (this.#headComponentDepth > 0) {
      this.#head.add(vnode);
      change(vnode, Fragment, {});
    } else {
      const place = this.#head.place(vnode);
      change(vnode, Fragment, this.#mark(String(place)).props);
    }
  }

  /** Elements inside islands are left alone: the browser renders them without this code. */
  #adjust(vnode: VNode): void {
    if (this.#islandDepth > 0) return;
    const props = adjustProps(String(vnode.type), vnode.props, this.#page);
    if (props !== vnode.props) change(vnode, vnode.type, props);
  }

  #renderFinal(vnode: VNode): string {
    this.#final.add(vnode);
    return this.render(vnode);
  }

  /** A comment that {@linkcode PageRender.finish} replaces; the nonce makes it unforgeable. */
  #mark(name: string): VNode {
    return jsxTemplate([`<!--${this.#page.nonce}:${name}-->`]);
  }
}

function change(vnode: VNode, type: VNode["type"], props: object): void {
  originals.set(vnode, { type: vnode.type, props: vnode.props });
  Object.assign(vnode, { type, props });
}

function changeChildren(vnode: VNode, children: ComponentChild[]): void {
  change(vnode, vnode.type, { ...vnode.props, children });
}
