/**
 * Which cards are on the screen, and in what order.
 *
 * @module
 */

import { compareStatus, type Status } from "./status.ts";

/** What decides over the place of a card. */
export interface CardFacts {
  /** Name of the service. */
  readonly name: string;
  /** Its tags, in the order of the configuration. */
  readonly tags: readonly string[];
  /** Its status now. */
  readonly status: Status;
}

/** What someone looks for. */
export interface CardFilter {
  /** Part of a name or of a tag, in any case; blanks around it do not count. Empty for any. */
  readonly query: string;
  /** The only status to show; `null` for any. */
  readonly status: Status | null;
}

/**
 * Compares two cards for sorting: worst status first, then by name.
 *
 * @example
 * ```ts
 * import { compareCards } from "@/lib/domain/card_order.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cards = [{ name: "a", status: "HEALTHY" }, { name: "b", status: "DOWN" }] as const;
 * assertEquals(cards.toSorted(compareCards).map((card) => card.name), ["b", "a"]);
 * ```
 */
export function compareCards(
  a: Pick<CardFacts, "name" | "status">,
  b: Pick<CardFacts, "name" | "status">,
): number {
  return compareStatus(a.status, b.status) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/**
 * Tells whether a card is among those looked for.
 *
 * @example
 * ```ts
 * import { matchesFilter } from "@/lib/domain/card_order.ts";
 * import { assert } from "@std/assert";
 *
 * const card = { name: "auth-service", tags: ["identity"], status: "HEALTHY" } as const;
 * assert(matchesFilter(card, { query: "Ident", status: null }));
 * ```
 */
export function matchesFilter(card: CardFacts, filter: CardFilter): boolean {
  if (filter.status !== null && filter.status !== card.status) return false;
  const query = filter.query.trim().toLowerCase();
  return card.name.includes(query) || card.tags.some((tag) => tag.toLowerCase().includes(query));
}
