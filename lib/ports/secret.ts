/**
 * A text that must not be seen: the address or the key of a receiver. Whatever prints, logs or serialises
 * it shows dots.
 *
 * @module
 */

const HIDDEN = "•••";

/** Holds a text that only {@linkcode Secret.reveal} gives away. */
export class Secret {
  readonly #text: string;

  /** Hides a text. */
  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the text. For adapters only, at the moment of use. */
  reveal(): string {
    return this.#text;
  }

  /** Whether both hide the same text. */
  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  /** Returns dots. */
  toString(): string {
    return HIDDEN;
  }

  /** Returns dots, for `JSON.stringify`. */
  toJSON(): string {
    return HIDDEN;
  }

  /** Returns dots, for `console.log` in Deno and Node. */
  [Symbol.for("Deno.customInspect")](): string {
    return HIDDEN;
  }
}

/**
 * Returns the text with every occurrence of the secrets replaced by dots, for errors that quote what they
 * were given.
 *
 * @example
 * ```ts
 * import { redact, Secret } from "@/lib/ports/secret.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(redact("bad token abc123", [new Secret("abc123")]), "bad token •••");
 * ```
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce((left, secret) => {
    const hidden = secret.reveal();
    return hidden === "" ? left : left.replaceAll(hidden, HIDDEN);
  }, text);
}
