/**
 * Assertions for tests, under the name `@std/assert`. The code comes from `npm:deno-std`, which is
 * plain JavaScript; the types are declared beside this module.
 *
 * @module
 */

// @ts-types="./types.d.ts"
export * from "deno-std/assert/mod.js";
