/**
 * The worst status in the tab of the browser: title and favicon.
 *
 * @module
 */

import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import { asset } from "fresh/runtime";

import { STATUSES_BY_SEVERITY } from "@/lib/domain/status.ts";
import { composeTitle, type StatusCounts } from "@/lib/domain/verdict.ts";

import { iconPath } from "./tone.ts";

/** Props of {@linkcode PageStatus}. */
export interface PageStatusProps {
  readonly counts: ReadonlySignal<StatusCounts>;
}

/** Id of the favicon's `link` element. */
export const FAVICON_ID = "favicon";

/** Renders nothing, but keeps the title and the favicon as the counts say. */
export function PageStatus({ counts }: PageStatusProps): null {
  useSignalEffect(() => {
    document.title = composeTitle(counts.value);
    showFavicon(iconOf(counts.value));
  });
  return null;
}

/** Shows the favicon of that path. The address keeps what the server has put behind the path. */
export function showFavicon(path: string): void {
  const link = document.getElementById(FAVICON_ID);
  link?.setAttribute("href", link.getAttribute("href")?.replace(/^[^?]*/, path) ?? path);
}

/** Returns the address of the favicon for the worst status present, as the server writes it. */
export function faviconOf(counts: StatusCounts): string {
  return asset(iconOf(counts));
}

/** Returns its path alone. */
export function iconOf(counts: StatusCounts): string {
  return iconPath(STATUSES_BY_SEVERITY.find((status) => counts[status] > 0) ?? "HEALTHY");
}
