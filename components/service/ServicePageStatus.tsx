/**
 * The tab of the page of a service: its name and its status.
 *
 * @module
 */

import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import { asset } from "fresh/runtime";

import type { LiveService } from "@/lib/protocol/live_state.ts";
import type { ServiceView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/service_page.ts";
import { statusNames } from "@/texts/statuses.ts";

import { showFavicon } from "../PageStatus.tsx";
import { iconPath } from "../tone.ts";

/** Props of {@linkcode ServicePageStatus}. */
export interface ServicePageStatusProps {
  readonly service: ReadonlySignal<LiveService | undefined>;
}

/** Renders nothing, but keeps the title and the favicon as the service is. */
export function ServicePageStatus({ service }: ServicePageStatusProps): null {
  useSignalEffect(() => {
    const shown = service.value;
    if (shown === undefined) return;
    document.title = composeServiceTitle(shown);
    showFavicon(iconPath(shown.status));
  });
  return null;
}

/** Returns the title of the page. */
export function composeServiceTitle(
  { name, status }: Pick<ServiceView, "name" | "status">,
): string {
  return status === "HEALTHY"
    ? words.healthyTitle(name)
    : words.statusTitle(statusNames[status], name);
}

/** Returns the address of the favicon, as the server writes it. */
export function serviceIcon({ status }: Pick<ServiceView, "status">): string {
  return asset(iconPath(status));
}
