/**
 * From zod to the JSON Schemas of the description: those with a name, and those that refer to them.
 *
 * @module
 */

import { z } from "zod";

import type { Metric } from "@/lib/domain/metric.ts";

import { NAMED_OUTPUTS, namedInputs } from "./named_schemas.ts";
import { type JsonSchema, refTo, type SchemaSource } from "./operation.ts";

/** Which side of a schema is meant: what comes in, or what goes out. */
export type Direction = "input" | "output";

/** The schemas of one description. */
export interface SchemaBook {
  /** Those with a name. */
  readonly named: Readonly<Record<string, JsonSchema>>;
  /** Returns a schema as it stands in the description. */
  readonly toJson: (source: SchemaSource, direction: Direction) => JsonSchema;
}

/** What a converted schema has that only zod needs, or that says nothing. */
const NEEDLESS = ["$schema", "$id", "~standard", "asParam"];

/** The name that a schema has for the moment of its conversion. */
const ASKED = "__asked";

/**
 * Returns the schemas of a description for a table of metrics. Objects that Vitals answers with may get more
 * fields in time, so their schemas do not forbid those; what is sent to it may hold nothing unknown.
 */
export function createSchemaBook(metrics: readonly Metric[]): SchemaBook {
  const registries = {
    input: toRegistry(namedInputs(metrics)),
    output: toRegistry(NAMED_OUTPUTS),
  };
  return {
    named: {
      ...convert(registries.input, "input"),
      ...convert(registries.output, "output"),
    },
    toJson: (source, direction) => {
      if (!isZod(source)) return source;
      const known = registries[direction].get(source)?.id;
      if (known !== undefined) return refTo(known);
      return withSchema(registries[direction], source, direction);
    },
  };
}

type Registry = z.core.$ZodRegistry<{ id: string }>;

function toRegistry(schemas: Readonly<Record<string, z.ZodType>>): Registry {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  return registry;
}

/** Converts one schema beside the named ones, so that it refers to them. */
function withSchema(named: Registry, schema: z.ZodType, direction: Direction): JsonSchema {
  named.add(schema, { id: ASKED });
  try {
    return convert(named, direction)[ASKED] ?? {};
  } finally {
    named.remove(schema);
  }
}

function convert(registry: Registry, io: Direction): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => tidy(jsonSchema, io),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, without(schema, NEEDLESS)]),
  );
}

/** Changes a schema as zod writes it to what readers need. */
function tidy(schema: Record<string, unknown>, io: Direction): void {
  const { asParam } = schema;
  if (typeof asParam === "object" && asParam !== null) replace(schema, asParam);
  // The format says the same in words.
  if (schema.format === "date-time") delete schema.pattern;
  // What every record has: its keys are texts.
  delete schema.propertyNames;
  if (io === "input") return;
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  // What every whole number of JavaScript is.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** In a query everything is text; `asParam` is what the text stands for. */
function replace(schema: Record<string, unknown>, by: object): void {
  const { description } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, by, description === undefined ? {} : { description });
}

function without(schema: object, keys: readonly string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}

function isZod(source: SchemaSource): source is z.ZodType {
  return source instanceof z.ZodType;
}
