/**
 * Answers with one page of a list. The body stays a plain list; where the next page is, if there is one, a
 * `Link` header says (RFC 8288).
 *
 * @module
 */

/** A page of a list. */
export interface ListPage<Item> {
  /** The items, one more than `limit` if another page follows. */
  readonly items: readonly Item[];
  /** How many belong to the page. */
  readonly limit: number;
  /** The address that was asked. */
  readonly url: URL;
  /** Returns the cursor of the page after an item. */
  readonly cursorOf: (item: Item) => string;
  /** The parameter that holds the cursor. @default {"cursor"} */
  readonly cursorParam?: string;
}

/**
 * Returns the answer for a page.
 *
 * @param show Returns an item as it is sent.
 *
 * @example
 * ```ts
 * import { answerPage } from "@/lib/protocol/page_answer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const url = new URL("http://localhost/api/alerts?limit=2");
 * const page = { items: ["a", "b", "c"], limit: 2, url, cursorOf: (item: string) => item };
 * const response = answerPage(page, (item) => item);
 * assertEquals(await response.json(), ["a", "b"]);
 * assertEquals(response.headers.get("link"), '</api/alerts?limit=2&cursor=b>; rel="next"');
 * ```
 */
export function answerPage<Item>(page: ListPage<Item>, show: (item: Item) => unknown): Response {
  return Response.json(pageItems(page).map(show), { headers: linkNext(page) });
}

/** Returns the items that belong to a page. */
export function pageItems<Item>({ items, limit }: ListPage<Item>): readonly Item[] {
  return items.slice(0, limit);
}

/** Returns the header that leads to the next page; none if there is no such page. */
export function linkNext<Item>(page: ListPage<Item>): Readonly<Record<string, string>> {
  const { items, limit, url, cursorOf, cursorParam = "cursor" } = page;
  const last = items[limit - 1];
  if (items.length <= limit || last === undefined) return {};
  const next = new URL(url);
  next.searchParams.set(cursorParam, cursorOf(last));
  return { link: `<${next.pathname}${next.search}>; rel="next"` };
}
