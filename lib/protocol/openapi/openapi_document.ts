/**
 * The description of the API as OpenAPI 3.1.1 (https://spec.openapis.org/oas/v3.1.1.html).
 *
 * @module
 */

import type { Metric } from "@/lib/domain/metric.ts";
import type { Need } from "@/lib/protocol/access_table.ts";

import { curlExample } from "./curl_example.ts";
import { type Answer, type Content, GROUPS, type JsonSchema, type Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { createSchemaBook, type SchemaBook } from "./schema_book.ts";
import { answersOf } from "./shared_answers.ts";

/** A parameter as it stands in the description. */
export interface ParameterObject {
  /** Its name. */
  readonly name: string;
  /** Where it stands. */
  readonly in: "path" | "query";
  /** Whether it must be there. */
  readonly required: boolean;
  /** What it is. */
  readonly description: string;
  /** What it must be. */
  readonly schema: JsonSchema;
  /** One that may be there. */
  readonly example?: unknown;
}

/** A body in one form. */
export interface MediaObject {
  /** What it must be. */
  readonly schema: JsonSchema;
  /** One that is right. */
  readonly example: unknown;
}

/** A header of an answer. */
export interface HeaderObject {
  /** What it says. */
  readonly description: string;
  /** Whether it is always there. */
  readonly required: boolean;
  /** The form of its text. */
  readonly schema: JsonSchema;
}

/** An answer as it stands in the description. */
export interface ResponseObject {
  /** When it comes. */
  readonly description: string;
  /** By name. */
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  /** By media type. */
  readonly content?: Readonly<Record<string, MediaObject>>;
}

/** An operation as it stands in the description. */
export interface OperationObject {
  /** Unique. */
  readonly operationId: string;
  /** Its group. */
  readonly tags: readonly string[];
  /** In a few words. */
  readonly summary: string;
  /** What else there is to know. */
  readonly description?: string;
  /** Of path and query. */
  readonly parameters?: readonly ParameterObject[];
  /** The body. */
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, MediaObject>>;
  };
  /** By status. */
  readonly responses: Readonly<Record<string, ResponseObject>>;
  /** Any one of these will do. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** What a client must be allowed to. */
  readonly "x-vitals-scope": Need;
  /** Of a WebSocket: the schemas of its messages. */
  readonly "x-vitals-messages"?: { readonly server: JsonSchema; readonly client: JsonSchema };
  /** How to call it. */
  readonly "x-codeSamples": readonly {
    readonly lang: string;
    readonly label: string;
    readonly source: string;
  }[];
}

/** The methods of a path. */
export type PathObject = Readonly<Partial<Record<Operation["method"], OperationObject>>>;

/** The description. */
export interface OpenApiDocument {
  /** The version of the format. */
  readonly openapi: "3.1.1";
  /** What is described. */
  readonly info: Readonly<Record<string, unknown>>;
  /** The groups. */
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  /** By path. */
  readonly paths: Readonly<Record<string, PathObject>>;
  /** What others refer to. */
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}

/** What a description depends on. */
export interface DocumentOptions {
  /** Version of Vitals. */
  readonly version: string;
  /** The metrics that samples may carry. */
  readonly metrics: readonly Metric[];
  /** What is described. @default {OPERATIONS} */
  readonly operations?: readonly Operation[];
}

const DESCRIPTION = `The API of Vitals, a real-time system health monitor.

Everything is JSON in UTF-8 unless it says otherwise; instants are epoch milliseconds, UTC. Answers may get more fields in time.

Every error below \`/api\` is a \`Problem\` (RFC 9457), save where the format is another's. An address that does not exist is a 404, a method that a route does not have a 405 with \`Allow\`. \`HEAD\` works wherever \`GET\` does; \`OPTIONS\` answers 204 with \`Allow\`.

\`x-vitals-scope\` says what a client must be allowed to: \`ingest\` (send samples), \`operate\` (act), \`read\`, or nothing where it is \`public\`. Who may \`operate\` may also \`read\`.

As long as no token is set, everybody may read, and the machine that Vitals runs on may do the rest without a token. Once one is set, a client sends \`Authorization: Bearer <token>\`, also from that machine; a person signs in at \`/login\`.`;

const SECURITY_SCHEMES = {
  token: {
    type: "http",
    scheme: "bearer",
    description: "For programs: a token that is set, with the scope of the operation.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "vitals_session",
    description: "For people: the session that signing in at `/login` begins. " +
      "Over https the cookie is `__Host-vitals_session`.",
  },
} as const;

/** Returns the description of the API. */
export function createDocument(
  { version, metrics, operations = OPERATIONS }: DocumentOptions,
): OpenApiDocument {
  const book = createSchemaBook(metrics);
  return {
    openapi: "3.1.1",
    info: {
      title: "Vitals",
      version,
      summary: "Health of your services, as it happens.",
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: Object.entries(GROUPS).map(([name, description]) => ({ name, description })),
    paths: toPaths(operations, book),
    components: { schemas: book.named, securitySchemes: SECURITY_SCHEMES },
  };
}

function toPaths(
  operations: readonly Operation[],
  book: SchemaBook,
): Readonly<Record<string, PathObject>> {
  const paths: Record<string, Partial<Record<Operation["method"], OperationObject>>> = {};
  for (const operation of operations) {
    const { path, method } = operation;
    (paths[path] ??= {})[method] = toOperation(operation, book);
  }
  return paths;
}

function toOperation(operation: Operation, book: SchemaBook): OperationObject {
  const { id, group, summary, description, body, scope, messages } = operation;
  const parameters = [...pathParameters(operation), ...queryParameters(operation, book)];
  return {
    operationId: id,
    tags: [group],
    summary,
    ...description === undefined ? {} : { description },
    ...parameters.length === 0 ? {} : { parameters },
    ...body === undefined ? {} : {
      requestBody: { required: body.required, content: toContent(body.content, book, "input") },
    },
    responses: Object.fromEntries(
      answersOf(operation).map((answer) => [`${answer.status}`, toResponse(answer, book)]),
    ),
    security: scope === "public" ? [{}] : [{ token: [scope] }, { session: [scope] }, {}],
    "x-vitals-scope": scope,
    ...messages === undefined ? {} : {
      "x-vitals-messages": {
        server: { $ref: `#/components/schemas/${messages.server}` },
        client: { $ref: `#/components/schemas/${messages.client}` },
      },
    },
    "x-codeSamples": [{ lang: "Shell", label: "A shell", source: curlExample(operation) }],
  };
}

function pathParameters({ params = {} }: Operation): ParameterObject[] {
  return Object.entries(params).map(([name, { description, example, schema }]) => ({
    name,
    in: "path",
    required: true,
    description,
    schema: schema ?? { type: "string" },
    example,
  }));
}

function queryParameters({ query }: Operation, book: SchemaBook): ParameterObject[] {
  if (query === undefined) return [];
  const { properties } = book.toJson(query, "input");
  return Object.entries(Object(properties)).map(([name, property]) => {
    const { description = "", ...schema } = withoutNull(Object(property));
    return { name, in: "query", required: false, description: String(description), schema };
  });
}

/** A parameter that says nothing is left out of a query, where there is no `null`. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { anyOf, default: byDefault, ...rest } = schema;
  const kept = byDefault === undefined || byDefault === null ? {} : { default: byDefault };
  if (!Array.isArray(anyOf)) return { ...rest, ...kept };
  const choices = anyOf.filter((choice) => Object(choice).type !== "null");
  const [only] = choices;
  return choices.length === 1
    ? { ...Object(only), ...rest, ...kept }
    : { ...schema, anyOf: choices };
}

function toResponse(
  { description, headers, content }: Answer,
  book: SchemaBook,
): ResponseObject {
  return {
    description,
    ...headers === undefined ? {} : {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, { description, pattern, required }]) => {
          return [name, { description, required, schema: { type: "string", pattern } }];
        }),
      ),
    },
    ...content === undefined ? {} : { content: toContent(content, book, "output") },
  };
}

function toContent(
  contents: readonly Content[],
  book: SchemaBook,
  direction: "input" | "output",
): Readonly<Record<string, MediaObject>> {
  return Object.fromEntries(contents.map(({ type, schema, example }) => {
    return [type, { schema: book.toJson(schema, direction), example }];
  }));
}
