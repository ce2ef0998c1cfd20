/**
 * Helpers for promises and async iteration, under the name `@std/async`. The code comes from
 * `npm:deno-std`, which is plain JavaScript; the types are declared beside this module.
 *
 * Each module is named on its own, because `async/mod.js` of that package imports a file that the
 * package does not contain.
 *
 * @module
 */

// @ts-types="./types.d.ts"
export { abortable } from "deno-std/async/abortable.js";
// @ts-types="./types.d.ts"
export { deadline } from "deno-std/async/deadline.js";
// @ts-types="./types.d.ts"
export { debounce } from "deno-std/async/debounce.js";
// @ts-types="./types.d.ts"
export { delay } from "deno-std/async/delay.js";
// @ts-types="./types.d.ts"
export { MuxAsyncIterator } from "deno-std/async/mux_async_iterator.js";
// @ts-types="./types.d.ts"
export { pooledMap } from "deno-std/async/pool.js";
// @ts-types="./types.d.ts"
export { retry, RetryError } from "deno-std/async/retry.js";
// @ts-types="./types.d.ts"
export { tee } from "deno-std/async/tee.js";
export type {
  DeadlineOptions,
  DebouncedFunction,
  DebounceOptions,
  DelayOptions,
  RetryOptions,
  Tuple,
  TupleOf,
} from "./types.d.ts";
