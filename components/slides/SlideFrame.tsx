/**
 * The frame of a slide: its name, what it says, and its content.
 *
 * @module
 */

import type { ComponentChildren, VNode } from "preact";

import { vitals } from "@/texts/talk.ts";

import { Logo } from "../PageFrame.tsx";
import { planOf } from "./script.ts";

/** Props of {@linkcode SlideFrame}. */
export interface SlideFrameProps {
  readonly number: number;
  readonly children: ComponentChildren;
}

/** Renders one slide. Its id is its number, so that `#3` finds it without scripts too. */
export function SlideFrame({ number, children }: SlideFrameProps): VNode {
  const { name, title } = planOf(number);
  const titleId = `slide-title-${number}`;
  return (
    <section class="slide" id={String(number)} data-slide={number} aria-labelledby={titleId}>
      <header class="slide-head">
        <p class="kicker">
          <b>{number}</b> {name}
        </p>
        <h2 id={titleId}>{title}</h2>
        <p class="brand">
          <Logo />
          {vitals}
        </p>
      </header>
      <div class="slide-body">{children}</div>
    </section>
  );
}
