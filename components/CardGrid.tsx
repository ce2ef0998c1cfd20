/**
 * The cards of all services, or of those looked for.
 *
 * @module
 */

import { type Signal, useComputed } from "@preact/signals";
import type { VNode } from "preact";

import { type CardFilter, matchesFilter } from "@/lib/domain/card_order.ts";
import * as words from "@/texts/dashboard.ts";

import { EmptyState } from "./EmptyState.tsx";
import type { LiveStore } from "./live_store.ts";
import { ServiceCard } from "./ServiceCard.tsx";
import { StripSlots } from "./Strip.tsx";
import { Toolbar } from "./Toolbar.tsx";

/** Props of {@linkcode CardGrid}. */
export interface CardGridProps {
  readonly store: LiveStore;
  readonly filter: Signal<CardFilter>;
  /** Scheme, host and port of this server. */
  readonly origin: string;
}

/** With more services than this, search and filter are offered. */
const MANY_SERVICES = 8;

/** The filter that lets everything through. */
export const NO_FILTER: CardFilter = { query: "", status: null };

/** Renders the cards, worst first. Keys let cards move instead of being built anew. */
export function CardGrid({ store, filter, origin }: CardGridProps): VNode {
  const shown = useComputed(() => store.names.value.filter((name) => isShown(store, name, filter)));
  const count = useComputed(() => shown.value.length);
  const total = store.names.value.length;
  return (
    <section aria-label={words.services}>
      {total > MANY_SERVICES && <Toolbar filter={filter} shown={count} total={total} />}
      {total === 0 && <EmptyState origin={origin} />}
      {total > 0 && shown.value.length === 0 && <p class="empty">{words.noMatch}</p>}
      <StripSlots />
      <div class="cards">
        {shown.value.map((name) => {
          const service = store.service(name);
          return service && <ServiceCard key={name} service={service} store={store} />;
        })}
      </div>
    </section>
  );
}

/** The names are given anew whenever a status changes, so the service itself need not be subscribed to. */
function isShown(store: LiveStore, name: string, filter: Signal<CardFilter>): boolean {
  const service = store.service(name)?.peek();
  return service !== undefined && matchesFilter(service, filter.value);
}
