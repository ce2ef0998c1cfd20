/**
 * Turns what `islands/prop_encoder.ts` wrote back into props.
 *
 * @module
 */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import type { EncodedSignal } from "../islands/prop_encoder.ts";

/** Returns a function that decodes values which refer to these signals. */
export function createDecoder(encoded: readonly EncodedSignal[]): (value: unknown) => unknown {
  const signals: ReadonlySignal<unknown>[] = [];

  function decode(value: unknown): unknown {
    if (typeof value === "string" && value[0] === "$") {
      return value[1] === "$" ? value.slice(1) : signals[+value.slice(1)];
    }
    if (typeof value === "object" && value !== null) {
      for (const key of Object.keys(value)) {
        Reflect.set(value, key, decode(Reflect.get(value, key)));
      }
    }
    return value;
  }

  for (const [kind, raw] of encoded) {
    const value = decode(raw);
    signals.push(kind ? computed(() => value) : signal(value));
  }
  return decode;
}
