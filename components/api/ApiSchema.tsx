/**
 * A JSON Schema for people: fields with their kinds and words, what is nested folded away.
 *
 * @module
 */

import type { VNode } from "preact";

import type { JsonSchema } from "@/lib/protocol/openapi/operation.ts";
import * as words from "@/texts/api_page.ts";

import { CodeText } from "./CodeText.tsx";
import { asSchema, boundWords, choicesOf, refName, typeWords } from "./schema_words.ts";

/** Props of {@linkcode ApiSchema}. */
export interface ApiSchemaProps {
  readonly schema: JsonSchema;
}

/** Renders what a schema asks for; of one that has no fields, its kind. */
export function ApiSchema({ schema }: ApiSchemaProps): VNode {
  return (
    <>
      <p class="kind">
        <Kind schema={schema} />
        <Bounds schema={schema} />
        {typeof schema.description === "string" && (
          <>
            {": "}
            <CodeText text={schema.description} />
          </>
        )}
      </p>
      <Inner schema={schema} />
    </>
  );
}

/** Renders the kind of a value; the name of a schema leads to it. */
function Kind({ schema }: ApiSchemaProps): VNode {
  const inner = schema.type === "array" ? asSchema(schema.items) : schema;
  const { choices, hasNull } = choicesOf(inner);
  const [only] = choices;
  const target = choices.length === 1 && only !== undefined ? only : inner;
  const name = refName(target);
  if (name === null) return <em>{typeWords(schema)}</em>;
  return (
    <em>
      {linkKind(<a href={`#schema-${name}`}>{name}</a>, {
        isList: schema.type === "array",
        hasNull,
      })}
    </em>
  );
}

function linkKind(link: VNode, { isList, hasNull }: {
  readonly isList: boolean;
  readonly hasNull: boolean;
}): readonly (string | VNode)[] {
  const kind = isList ? words.listOf<string | VNode>(link) : [link];
  return hasNull ? [...kind, words.orNull] : kind;
}

function Bounds({ schema }: ApiSchemaProps): VNode | null {
  const words = boundWords(schema);
  return words.length === 0 ? null : <small>{`, ${words.join(", ")}`}</small>;
}

/** Renders what is inside: fields, items, choices. */
function Inner({ schema }: ApiSchemaProps): VNode | null {
  const { choices } = choicesOf(schema);
  if (isList(schema)) return <Inner schema={asSchema(schema.items)} />;
  if (schema.properties !== undefined) return <Fields schema={schema} />;
  if (typeof schema.additionalProperties === "object") {
    return <Inner schema={asSchema(schema.additionalProperties)} />;
  }
  const [only] = choices;
  if (choices.length === 1 && only !== undefined) return <Inner schema={only} />;
  if (!choices.some(hasInner)) return null;
  return (
    <>
      {choices.map((choice, index) => (
        <details key={index}>
          <summary>{choiceTitle(choice)}</summary>
          <ApiSchema schema={choice} />
        </details>
      ))}
    </>
  );
}

function Fields({ schema }: ApiSchemaProps): VNode {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return (
    <ul class="fields">
      {Object.entries(asSchema(schema.properties)).map(([name, value]) => (
        <Field
          key={name}
          name={name}
          schema={asSchema(value)}
          isRequired={required.includes(name)}
        />
      ))}
    </ul>
  );
}

interface FieldProps extends ApiSchemaProps {
  readonly name: string;
  readonly isRequired: boolean;
}

function Field({ name, schema, isRequired }: FieldProps): VNode {
  const { description } = schema;
  return (
    <li>
      <code>{name}</code> <Kind schema={schema} />
      <small>{isRequired ? "" : words.optional}</small>
      <Bounds schema={schema} />
      {typeof description === "string" && (
        <p>
          <CodeText text={description} />
        </p>
      )}
      {hasInner(schema) && (
        <details>
          <summary>
            {words.whatIsIn(<code>{name}</code>)}
          </summary>
          <Inner schema={schema} />
        </details>
      )}
    </li>
  );
}

function hasInner(schema: JsonSchema): boolean {
  if (schema.properties !== undefined) return true;
  if (isList(schema)) return hasInner(asSchema(schema.items));
  if (typeof schema.additionalProperties === "object") {
    return hasInner(asSchema(schema.additionalProperties));
  }
  return choicesOf(schema).choices.some(hasInner);
}

function isList({ type, items }: JsonSchema): boolean {
  return type === "array" && items !== undefined;
}

/** A choice is told from others by what is the same in all of its kind. */
function choiceTitle(choice: JsonSchema): string {
  const fixed = Object.entries(asSchema(choice.properties))
    .filter(([, value]) => "const" in asSchema(value))
    .map(([name, value]) => `${name}: ${typeWords(asSchema(value))}`);
  return fixed.length === 0 ? typeWords(choice) : fixed.join(", ");
}
