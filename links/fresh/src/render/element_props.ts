/**
 * What the server adds to elements: nonces, cache keys, and marks on links to the current page.
 *
 * @module
 */

import { withCacheKey } from "../asset.ts";

/** Props of an element. */
export type ElementProps = Readonly<Record<string, unknown>>;

/** What elements are adjusted to. */
export interface PageInfo {
  /** The nonce of the response's content security policy. */
  readonly nonce: string;
  /** Id of the build, or `null` without one. */
  readonly buildId: string | null;
  /** The URL of the page. */
  readonly url: URL;
}

/**
 * Returns an element's props with what the page adds to them.
 *
 * @param type The element's name.
 */
export function adjustProps(type: string, props: ElementProps, page: PageInfo): ElementProps {
  switch (type) {
    case "script":
    case "style":
      return props.nonce === undefined ? { ...props, nonce: page.nonce } : props;
    case "img":
    case "source":
      return page.buildId === null ? props : withCacheKeys(props, page.buildId);
    case "a":
      return withCurrentMark(props, page.url);
    default:
      return props;
  }
}

function withCacheKeys(props: ElementProps, buildId: string): ElementProps {
  if ("data-fresh-disable-lock" in props) return props;
  const { src, srcset, srcSet } = props;
  const added: Record<string, unknown> = {};
  if (typeof src === "string") added.src = withCacheKey(src, buildId);
  if (typeof srcset === "string") {
    added.srcset = srcsetWithCacheKeys(srcset, buildId);
  }
  if (typeof srcSet === "string") {
    added.srcSet = srcsetWithCacheKeys(srcSet, buildId);
  }
  return { ...props, ...added };
}

/** Leaves sets alone that cannot be cut at their commas. */
function srcsetWithCacheKeys(srcset: string, buildId: string): string {
  const candidates = srcset.split(",").map((candidate) => candidate.trim());
  if (srcset.includes("(") || candidates.includes("")) return srcset;
  return candidates.map((candidate) => {
    const [url = "", ...descriptors] = candidate.split(/\s+/);
    return [withCacheKey(url, buildId), ...descriptors].join(" ");
  }).join(", ");
}

function withCurrentMark(props: ElementProps, url: URL): ElementProps {
  const { href } = props;
  if (
    typeof href !== "string" || !href.startsWith("/") || "aria-current" in props
  ) return props;
  const link = new URL(href, url);
  if (link.origin !== url.origin) return props;
  const linkPath = trimSlash(link.pathname);
  const pagePath = trimSlash(url.pathname);
  if (
    linkPath === pagePath && (link.search === "" || link.search === url.search)
  ) {
    return { ...props, "data-current": "true", "aria-current": "page" };
  }
  if (pagePath === linkPath || pagePath.startsWith(`${linkPath}/`)) {
    return { ...props, "data-ancestor": "true", "aria-current": "true" };
  }
  return props;
}

function trimSlash(path: string): string {
  return path.replace(/\/+$/, "");
}
