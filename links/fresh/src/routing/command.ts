/**
 * What was registered on an app, in order.
 *
 * @module
 */

import type { Method } from "../handlers.ts";
import type { Step } from "../middleware/middleware.ts";
import type { Route } from "./serve_route.ts";

/** One registration. */
export type Command<State> =
  | {
    readonly kind: "middleware";
    readonly path: string;
    readonly steps: readonly Step<State>[];
  }
  | {
    readonly kind: "route";
    readonly path: string;
    readonly methods: readonly Method[];
    readonly steps: readonly Step<State>[];
  }
  | { readonly kind: "files"; readonly prefix: string }
  | {
    readonly kind: "error";
    readonly path: string;
    readonly page: Route<State>;
  }
  | { readonly kind: "notFound"; readonly page: Route<State> };
