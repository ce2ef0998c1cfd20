/**
 * What a page puts into the document's head.
 *
 * @module
 */

import { Head } from "fresh/runtime";
import type { VNode } from "preact";

import { FAVICON_ID } from "./PageStatus.tsx";

/** Props of {@linkcode PageHead}. */
export interface PageHeadProps {
  readonly title: string;
  /** Address of the favicon, an SVG. */
  readonly icon: string;
}

/** Renders title and favicon; {@linkcode FAVICON_ID} lets the scripts exchange it. */
export function PageHead({ title, icon }: PageHeadProps): VNode {
  return (
    <Head>
      <title>{title}</title>
      <link id={FAVICON_ID} rel="icon" type="image/svg+xml" href={icon} />
    </Head>
  );
}
