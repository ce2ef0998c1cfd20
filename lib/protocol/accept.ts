/**
 * Reads which media types a client takes (RFC 9110, section 12.5.1).
 *
 * @module
 */

/** A range of media types with its weight. */
interface MediaRange {
  /** Such as `text/csv`, `text/*` or all of them, in small letters. */
  readonly range: string;
  /** 0 to 1; 0 for what is not taken. */
  readonly weight: number;
}

/** How much is offered for a range: how well it is liked, and by how exact a range. */
interface Liking {
  readonly weight: number;
  readonly exactness: number;
}

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const RANGE = /^\s*([^\s/;]+\/[^\s/;]+)\s*(?:;|$)/;
const WEIGHT = /;\s*q\s*=\s*([^\s;]*)/i;
const WEIGHT_VALUE = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * Returns which of some media types a client likes best; `null` if it takes none of them. Of those it likes
 * alike it gets the one that it names more exactly, then the one that stands first. Without a header, or with
 * one that says nothing readable, it takes everything. Parameters other than the weight do not count.
 *
 * @param offers Media types in small letters, without parameters.
 *
 * @example
 * ```ts
 * import { chooseMediaType } from "@/lib/protocol/accept.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const offers = ["application/json", "text/csv"];
 * assertEquals(chooseMediaType("application/json;q=0.5, text/*", offers), "text/csv");
 * assertEquals(chooseMediaType("image/png", offers), null);
 * ```
 */
export function chooseMediaType(accept: string | null, offers: readonly string[]): string | null {
  const ranges = parseAccept(accept ?? "");
  if (ranges.length === 0) return offers[0] ?? null;
  const liked = offers
    .map((offer) => ({ offer, ...findLiking(ranges, offer) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.exactness - a.exactness);
  return liked[0]?.offer ?? null;
}

function parseAccept(accept: string): MediaRange[] {
  // What is quoted belongs to other parameters, and may hold what separates ranges.
  return accept.replace(QUOTED, "").split(",").flatMap((part) => {
    const range = RANGE.exec(part)?.[1]?.toLowerCase();
    const weight = WEIGHT.exec(part)?.[1] ?? "1";
    return range !== undefined && WEIGHT_VALUE.test(weight)
      ? [{ range, weight: Number(weight) }]
      : [];
  });
}

/** The most exact of the ranges that fit decides. */
function findLiking(ranges: readonly MediaRange[], offer: string): Liking {
  const fitting = ["*/*", `${offer.split("/", 1).join("")}/*`, offer];
  for (let exactness = fitting.length - 1; exactness >= 0; exactness--) {
    const found = ranges.find(({ range }) => range === fitting[exactness]);
    if (found !== undefined) return { weight: found.weight, exactness };
  }
  return { weight: 0, exactness: 0 };
}
