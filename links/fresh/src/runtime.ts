/**
 * What components can use on the server and in the browser.
 *
 * @module
 */

export { asset, IS_BROWSER } from "./asset.ts";
export { Head, type HeadProps } from "./head.ts";
export type { Renderable } from "./renderable.ts";
export { type ErrorStatus, HttpError } from "./http_error.ts";
