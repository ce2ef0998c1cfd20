/**
 * Route handlers: what they look like, and how they hand data to their page.
 *
 * @module
 */

import type { Context } from "./context.ts";

/** Request methods that a route can have a handler for. */
export type Method =
  | "HEAD"
  | "GET"
  | "POST"
  | "PATCH"
  | "PUT"
  | "DELETE"
  | "OPTIONS";

/** All of {@linkcode Method}. */
export const METHODS: readonly Method[] = [
  "HEAD",
  "GET",
  "POST",
  "PATCH",
  "PUT",
  "DELETE",
  "OPTIONS",
];

/** Asks for the route's page to be rendered with this data. */
export interface PageResponse<T> {
  /** What the page gets as `props.data`. */
  data: T;
  /** Headers to send with the page. */
  headers?: HeadersInit;
  /**
   * Status of the response.
   *
   * @default {200}
   */
  status?: number;
}

/** Options of {@linkcode page}. */
export interface PageOptions {
  /** Headers to send with the page. */
  headers?: HeadersInit;
  /**
   * Status of the response.
   *
   * @default {200}
   */
  status?: number;
}

/** Answers a request itself, or with data for the route's page. */
export interface HandlerFn<Data, State> {
  (ctx: Context<State>): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** One handler for each method that a route supports. HEAD uses GET's when it has none. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** The `handler` export of a route: one function for all methods, or one for each. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** The data that a handler hands to its page. */
export type RouteData<Handler extends RouteHandler<unknown, never>> = Handler extends
  RouteHandler<infer Data, never> ? Data : never;

/** Renders the route's page without data. */
export function page(): PageResponse<undefined>;
/**
 * Renders the route's page.
 *
 * @param data What the page gets as `props.data`.
 * @param options Status and headers of the response.
 */
export function page<T>(data: T, options?: PageOptions): PageResponse<T>;
export function page<T>(data?: T, options: PageOptions = {}): PageResponse<T | undefined> {
  return { data, ...options };
}
