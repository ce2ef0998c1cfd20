/**
 * Turns island props into JSON. `client/prop_decoder.ts` is the other half.
 *
 * Strings that start with `$` get another `$`; a single `$` and a number refer to a signal. So
 * the same signal in several places, also of several islands, is one signal in the browser.
 *
 * @module
 */

import { Signal } from "@preact/signals";
import { isValidElement } from "preact";

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** An object that JSON can hold. */
export interface JsonObject {
  [key: string]: Json;
}

/** A signal: 0 and its value, none for `undefined`; or 1 and the value of a computed signal. */
export type EncodedSignal = [kind: 0 | 1, value?: Json];

/** Encodes the props of all islands of one page. */
export class PropEncoder {
  readonly #indexes = new Map<Signal, number>();
  readonly #signals: EncodedSignal[] = [];
  /** Objects and signals around the current value. */
  readonly #path = new Set<object>();

  /** The signals met so far; each refers only to ones before it. */
  get signals(): readonly EncodedSignal[] {
    return this.#signals;
  }

  /**
   * Encodes the props of an island.
   *
   * @param island The island's name, for messages.
   * @throws {TypeError} If a prop is neither JSON nor a signal; the message names both.
   */
  encode(island: string, props: object): JsonObject {
    this.#path.clear();
    try {
      if (
        "children" in props && props.children !== undefined &&
        props.children !== null
      ) {
        throw new Unsendable("children", "islands cannot have children");
      }
      return this.#object(props, "");
    } catch (error) {
      if (!(error instanceof Unsendable)) throw error;
      throw new TypeError(
        `Cannot send prop "${error.prop}" to island "${island}": ${error.message}`,
      );
    }
  }

  #value(value: unknown, prop: string): Json {
    switch (typeof value) {
      case "string":
        return value.startsWith("$") ? `$${value}` : value;
      case "boolean":
        return value;
      case "number":
        if (Number.isFinite(value)) return value;
        throw new Unsendable(prop, `JSON has no ${value}`);
      case "object":
        if (value === null) return null;
        return this.#nested(value, prop);
      default:
        throw new Unsendable(prop, `JSON has no ${typeof value}`);
    }
  }

  #nested(value: object, prop: string): Json {
    if (this.#path.has(value)) throw new Unsendable(prop, "it contains itself");
    this.#path.add(value);
    const encoded = this.#reference(value, prop);
    this.#path.delete(value);
    return encoded;
  }

  #reference(value: object, prop: string): Json {
    // First, because signals pretend to be elements.
    if (value instanceof Signal) return this.#signal(value, prop);
    if (isValidElement(value)) {
      throw new Unsendable(prop, "islands cannot be given JSX");
    }
    if (Array.isArray(value)) {
      return Array.from(value, (item, index) => this.#value(item, `${prop}[${index}]`));
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null || prototype === Object.prototype) {
      return this.#object(value, prop);
    }
    const name = prototype.constructor?.name || "a class";
    throw new Unsendable(prop, `JSON has no instances of ${name}`);
  }

  #object(value: object, prop: string): JsonObject {
    // Without prototype, so that a key "__proto__" is one like any other.
    const encoded: JsonObject = Object.create(null);
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      encoded[key] = this.#value(item, prop === "" ? key : `${prop}.${key}`);
    }
    return encoded;
  }

  #signal(signal: Signal, prop: string): Json {
    let index = this.#indexes.get(signal);
    if (index === undefined) {
      const value: unknown = signal.peek();
      const kind = Object.getPrototypeOf(signal) === Signal.prototype ? 0 : 1;
      const encoded: EncodedSignal = value === undefined
        ? [kind]
        : [kind, this.#value(value, `${prop}.value`)];
      index = this.#signals.push(encoded) - 1;
      this.#indexes.set(signal, index);
    }
    return `$${index}`;
  }
}

/** Carries the path of the prop up to {@linkcode PropEncoder.encode}. */
class Unsendable extends Error {
  constructor(readonly prop: string, message: string) {
    super(message);
  }
}
