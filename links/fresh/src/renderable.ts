/**
 * The few types of Preact that the public API shows, written so that they stand on their own.
 *
 * @module
 */

/** What can be rendered; the same as Preact's `ComponentChildren`, which takes every object. */
export type Renderable =
  | object
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined;

/** A function component, or where that is said an async function. */
export type PageComponent<Props> = (props: Props) => Renderable;

/** An element, as JSX makes it. */
export interface PageElement {
  /** Its component, or the name of its tag. */
  type: unknown;
  /** Its props. */
  props: unknown;
  /** What tells it from its siblings. */
  key: unknown;
}
