/**
 * Slide 5: the live dashboard itself.
 *
 * @module
 */

import { asset } from "fresh/runtime";
import type { VNode } from "preact";

import { SlideFrame } from "./SlideFrame.tsx";

/** Props of {@linkcode DemoSlide}. */
export interface DemoSlideProps {
  /** Whether a picture stands for the dashboard. */
  readonly isStill: boolean;
}

/** Renders the dashboard in a frame; on paper and in previews, its picture. */
export function DemoSlide({ isStill }: DemoSlideProps): VNode {
  return (
    <SlideFrame number={5}>
      <div class="demo" data-still={isStill}>
        {!isStill && (
          <iframe id="demo" class="demo-live" src="/" title="The live dashboard" loading="lazy" />
        )}
        <img
          class="demo-still"
          src={asset("/slides-dashboard.png")}
          width="1440"
          height="900"
          alt="The dashboard: a verdict, a card for each service, and the active alerts"
        />
      </div>
      <ul class="watch-for">
        <li>
          <kbd>s</kbd> starts <b>monday-morning</b>
        </li>
        <li>The worst card comes first</li>
        <li>
          <b>Why?</b> shows rule, samples, limit
        </li>
        <li>One outage: one message</li>
      </ul>
    </SlideFrame>
  );
}
