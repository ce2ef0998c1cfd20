/**
 * The choice of a window: links, so that it works without scripts; the scripts make them quick.
 *
 * @module
 */

import type { VNode } from "preact";

import type { TimeSpan } from "@/lib/domain/instant.ts";
import { TIME_WINDOWS, type WindowChoice } from "@/lib/domain/time_window.ts";
import * as words from "@/texts/service_page.ts";

import { Time, useTimes } from "../Time.tsx";
import { ChoiceLink, type Choose } from "./ChoiceLink.tsx";

/** Props of {@linkcode WindowBar}. */
export interface WindowBarProps {
  readonly choice: WindowChoice;
  /** Whether the connection is lost, so that the charts stand still. */
  readonly isStale: boolean;
  readonly choose: Choose;
  /** Shows so many times as much time. */
  readonly onZoom: (factor: number) => void;
}

/** Renders a link for each window, what part is shown, and buttons to zoom. */
export function WindowBar({ choice, isStale, choose, onZoom }: WindowBarProps): VNode {
  const { zoom, window } = choice;
  return (
    <div class="window-bar">
      <nav class="tabs" aria-label={words.window}>
        {TIME_WINDOWS.map((each) => (
          <ChoiceLink
            key={each.id}
            choice={{ window: each, zoom: null, mark: null }}
            choose={choose}
            current={each.id === window.id ? (zoom === null ? "page" : "true") : undefined}
          >
            {each.label}
          </ChoiceLink>
        ))}
      </nav>
      <div class="zoom">
        <p>
          {zoom === null
            ? (
              <span class="scripted">
                {isStale ? words.stale : words.live} <span class="hint">{words.dragHint}</span>
              </span>
            )
            : <ZoomLabel zoom={zoom} />}
        </p>
        {zoom !== null && (
          <ChoiceLink choice={{ window, zoom: null, mark: null }} choose={choose} looks="ghost">
            {words.backToNow}
          </ChoiceLink>
        )}
        <button
          type="button"
          class="ghost scripted"
          aria-label={words.zoomIn}
          onClick={() => onZoom(0.5)}
        >
          +
        </button>
        <button
          type="button"
          class="ghost scripted"
          aria-label={words.zoomOut}
          aria-disabled={zoom === null}
          onClick={() => zoom !== null && onZoom(2)}
        >
          −
        </button>
      </div>
    </div>
  );
}

/** A longer part is told by its dates, in milliseconds. */
const LONG_MS = 2 * 86_400_000;

function ZoomLabel({ zoom: { from, to } }: { readonly zoom: TimeSpan }): VNode {
  const { format, now } = useTimes();
  if (to - from > LONG_MS) {
    return <>{[from, to].map((at) => format.day(at, now.peek())).join(" – ")}</>;
  }
  return (
    <>
      <Time key={`from ${from}`} at={from} exact /> – <Time key={`to ${to}`} at={to} exact />
    </>
  );
}
