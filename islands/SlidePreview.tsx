/**
 * What keeps a preview in step with the talk. It turns nothing itself.
 *
 * @module
 */

import type { VNode } from "preact";

import { useDeck, useShownSlide } from "@/components/slides/use_deck.ts";

interface SlidePreviewProps {
  readonly slide: number;
  /** 1 for a preview of the next slide. */
  readonly offset: 0 | 1;
  /** Names of the slides, in order. */
  readonly names: readonly string[];
}

/** Renders nothing that is seen. */
export default function SlidePreview({ slide, offset, names }: SlidePreviewProps): VNode {
  const store = useDeck(slide, { offset, answers: false });
  useShownSlide(store, names);
  return <span hidden>{store.slide}</span>;
}
