/**
 * Checks values by the schemas of a description of the API.
 *
 * @module
 */

import { Ajv2020 } from "ajv/2020";

import type { OpenApiDocument } from "@/lib/protocol/openapi/openapi_document.ts";

/** Returns what is wrong with a value by a schema, in words; empty if nothing is. */
export type CheckValue = (schema: unknown, value: unknown) => string;

/** Returns a description as it is served: what JSON cannot say is gone. */
export function served(document: OpenApiDocument): OpenApiDocument {
  return JSON.parse(JSON.stringify(document));
}

/**
 * Returns what checks values by the schemas of a description.
 *
 * @param isClosed Whether a field that is not described is wrong too. Clients must let it pass.
 */
export function schemaCheck(
  document: OpenApiDocument,
  { isClosed }: { readonly isClosed: boolean },
): CheckValue {
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false, strictTypes: false });
  ajv.addFormat("date-time", true).addVocabulary(["externalDocs", "example"]);
  const read = (schema: unknown) => isClosed ? close(relocate(schema)) : relocate(schema);
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    ajv.addSchema(read(schema), `vitals:/${name}`);
  }
  const known = new Map<string, ReturnType<typeof ajv.compile>>();
  return (schema, value) => {
    const key = JSON.stringify(schema);
    const validate = known.get(key) ?? ajv.compile(read(schema));
    known.set(key, validate);
    return validate(value) ? "" : ajv.errorsText(validate.errors);
  };
}

/** Returns a schema whose references lead to where it is kept here. */
function relocate(schema: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "vitals:/"));
}

function close(schema: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    const isObject = value?.type === "object" && value.properties !== undefined;
    return isObject ? { additionalProperties: false, ...value } : value;
  });
}
