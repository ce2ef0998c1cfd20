/**
 * JSON Schemas in words, for readers.
 *
 * @module
 */

import type { JsonSchema } from "@/lib/protocol/openapi/operation.ts";
import * as words from "@/texts/api_page.ts";

/** Returns a value as a schema; what is none says nothing. */
export function asSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Returns the name that a schema refers to; `null` if it refers to none. */
export function refName({ $ref }: JsonSchema): string | null {
  return typeof $ref === "string" ? $ref.replace(/^.*\//, "") : null;
}

/** Returns the choices of a schema without `null`, and whether that is one too; no choices if it has none. */
export function choicesOf(schema: JsonSchema): {
  readonly choices: readonly JsonSchema[];
  readonly hasNull: boolean;
} {
  const listed = [schema.oneOf, schema.anyOf].find((list) => Array.isArray(list)) ?? [];
  const all = Array.isArray(listed) ? listed.map(asSchema) : [];
  // What only says which fields must be there is no choice of kinds.
  const kinds = all.filter((choice) => Object.keys(choice).join() !== "required");
  const choices = kinds.filter((choice) => choice.type !== "null");
  return { choices, hasNull: choices.length < kinds.length };
}

/**
 * Returns what kind of value a schema asks for, in words: `"list of texts"` is said as `list of text`.
 *
 * @example
 * ```ts
 * import { typeWords } from "@/components/api/schema_words.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(typeWords({ type: "array", items: { $ref: "#/components/schemas/Alert" } }), "list of Alert");
 * assertEquals(typeWords({ anyOf: [{ type: "integer" }, { type: "null" }] }), "whole number or null");
 * ```
 */
export function typeWords(schema: JsonSchema): string {
  const name = refName(schema);
  if (name !== null) return name;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value) => JSON.stringify(value)).join(", ");
  }
  const { choices, hasNull } = choicesOf(schema);
  if (choices.length > 0 && schema.type === undefined) {
    const kinds = choices.length > 3 ? [words.oneOf(choices.length)] : choices.map(typeWords);
    return words.either([...new Set(kinds), ...hasNull ? ["null"] : []]);
  }
  if (schema.type === "array") return words.listOf(typeWords(asSchema(schema.items))).join("");
  return plainWords(schema);
}

const PLAIN: Readonly<Record<string, string>> = words.plainTypes;

function plainWords({ type, additionalProperties }: JsonSchema): string {
  if (type !== "object") return PLAIN[String(type)] ?? words.anything;
  if (typeof additionalProperties !== "object") return words.object;
  return words.objectOf(typeWords(asSchema(additionalProperties)));
}

/** Returns the bounds of a schema and its default, each in words. */
export function boundWords(schema: JsonSchema): string[] {
  const { minimum, maximum, minLength, maxLength, pattern, default: byDefault, format } = schema;
  return [
    ...between(minimum, maximum),
    ...between(minLength, maxLength).map(words.characters),
    ...format === "date-time" ? [words.dateTime] : [],
    ...typeof pattern === "string" ? [words.like(pattern)] : [],
    ...byDefault === undefined || byDefault === null || byDefault === ""
      ? []
      : [words.byDefault(JSON.stringify(byDefault))],
  ];
}

function between(least: unknown, most: unknown): string[] {
  // How far whole numbers go is no bound that anybody asked for.
  const from = least === Number.MIN_SAFE_INTEGER ? undefined : least;
  const to = most === Number.MAX_SAFE_INTEGER ? undefined : most;
  if (from !== undefined && to !== undefined) return [words.between(`${from}`, `${to}`)];
  if (from !== undefined) return Number(from) === 0 ? [] : [words.atLeast(`${from}`)];
  return to === undefined ? [] : [words.atMost(`${to}`)];
}
