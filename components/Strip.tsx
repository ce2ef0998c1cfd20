/**
 * The status of a service over the last minutes, as a row of slots.
 *
 * @module
 */

import type { ReadonlySignal } from "@preact/signals";
import type { VNode } from "preact";

import { type StatusStrip, STRIP_SLOTS } from "@/lib/domain/status_strip.ts";
import { describeStrip, drawStrip } from "@/lib/domain/strip_drawing.ts";

import { STATUS_LOOKS } from "./tone.ts";

/** Props of {@linkcode Strip}. */
export interface StripProps {
  readonly strip: ReadonlySignal<StatusStrip>;
}

const CLIP_ID = "strip-slots";

/** Width of a slot without the gap after it, as a share of the strip. */
const SLOT_WIDTH = 0.78 / (STRIP_SLOTS - 0.22);

/** Renders the strip, and in words for those who do not see it. Needs {@linkcode StripSlots} on the page. */
export function Strip({ strip }: StripProps): VNode {
  const text = describeStrip(strip.value);
  return (
    <div class="strip" title={text}>
      <svg viewBox={`0 0 ${STRIP_SLOTS} 1`} preserveAspectRatio="none" aria-hidden="true">
        <g clip-path={`url(#${CLIP_ID})`}>
          <path data-tone="none" d={`M0 0h${STRIP_SLOTS}v1h-${STRIP_SLOTS}z`} />
          {drawStrip(strip.value).map(({ status, path }) => (
            <path key={status} data-tone={STATUS_LOOKS[status].tone} d={path} />
          ))}
        </g>
      </svg>
      <span class="unseen">{text}</span>
    </div>
  );
}

/**
 * Renders, invisibly and once a page, the shape that cuts every strip into slots. So a strip is a shape or
 * two and not 48 elements, which counts when there are a thousand.
 */
export function StripSlots(): VNode {
  const slots = Array.from({ length: STRIP_SLOTS }, (_, index) => index);
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true">
      <clipPath id={CLIP_ID} clipPathUnits="objectBoundingBox">
        {slots.map((index) => (
          <rect
            key={index}
            x={(index / (STRIP_SLOTS - 0.22)).toFixed(5)}
            y="0"
            width={SLOT_WIDTH.toFixed(5)}
            height="1"
            rx="0.0045"
            ry="0.11"
          />
        ))}
      </clipPath>
    </svg>
  );
}
