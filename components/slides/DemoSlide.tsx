/**
 * Slide 5: the live dashboard itself.
 *
 * @module
 */

import { asset } from "fresh/runtime";
import type { VNode } from "preact";

import * as words from "@/texts/slides.ts";

import { DEMO_SCENARIO } from "./start_scenario.ts";

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
          <iframe id="demo" class="demo-live" src="/" title={words.liveDashboard} loading="lazy" />
        )}
        <img
          class="demo-still"
          src={asset("/slides-dashboard.png")}
          width="1440"
          height="900"
          alt={words.dashboardPicture}
        />
      </div>
      <ul class="watch-for">
        <li>
          {words.starts(<kbd>s</kbd>, <b>{DEMO_SCENARIO}</b>)}
        </li>
        <li>{words.worstFirst}</li>
        <li>{words.whyShows((text) => <b>{text}</b>)}</li>
        <li>{words.oneMessage}</li>
      </ul>
    </SlideFrame>
  );
}
