/**
 * What is said of one operation of the API, and the words that operations share. From these `openapi_document.ts`
 * makes the description.
 *
 * @module
 */

import type { z } from "zod";

import type { Need } from "@/lib/protocol/access_table.ts";

/** The groups of operations, in the order of the description. */
export const GROUPS = {
  Samples: "What services and their agents send.",
  Services: "What is watched, now and in the past.",
  Alerts: "What is wrong, and who is on it.",
  Silences: "When not to tell.",
  Notifications: "Who is told, and what became of it.",
  Simulation: "Faults and scenarios of simulated services.",
  Status: "What is for everybody: the status page for programs and for other pages.",
  Alertmanager: "Alerts and silences for its clients, such as `amtool`, as version 2 of its API.",
  Monitor: "Vitals itself.",
} as const satisfies Readonly<Record<string, string>>;

/** The name of a group. */
export type Group = keyof typeof GROUPS;

/** A JSON Schema as it stands in the description. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Where a schema comes from: from zod, or, where somebody else owns the format, as it is.
 *
 * @ignore
 */
export type SchemaSource = z.ZodType | JsonSchema;

/** A body in one form. */
export interface Content {
  /** Its media type. */
  readonly type: string;
  /** What it must be; of what is no JSON, a schema of its text. */
  readonly schema: SchemaSource;
  /** One that is right; a text if it is no JSON. */
  readonly example: unknown;
}

/** A header of an answer. */
export interface AnswerHeader {
  /** What it says. */
  readonly description: string;
  /** The form of its text. */
  readonly pattern: string;
  /** Whether it is always there. */
  readonly required: boolean;
}

/** One answer. */
export interface Answer {
  /** Its status. */
  readonly status: number;
  /** When it comes. */
  readonly description: string;
  /** Its headers by name, in small letters, but for those that are general (see `openapi_document.ts`). */
  readonly headers?: Readonly<Record<string, AnswerHeader>>;
  /** Its body; left out for none. */
  readonly content?: readonly Content[];
}

/** A part of the path. */
export interface PathParam {
  /** What it is. */
  readonly description: string;
  /** One that may be there. */
  readonly example: string;
  /** What it must be. @default {{ type: "string" }} */
  readonly schema?: JsonSchema;
}

/** The body of a request. */
export interface RequestBody {
  /** Whether there must be one. */
  readonly required: boolean;
  /** The forms that are taken; examples use the first. */
  readonly content: readonly Content[];
}

/** One method of one path. */
export interface Operation {
  /** Unique: what generated clients call it. */
  readonly id: string;
  /** The method, in small letters. */
  readonly method: "get" | "post" | "put" | "delete";
  /** The path, its parts in braces: `/api/services/{name}`. */
  readonly path: string;
  /** Where it is listed. */
  readonly group: Group;
  /** What it does, in a few words. */
  readonly summary: string;
  /** What else there is to know, in Markdown that reads well as plain text. */
  readonly description?: string;
  /** What a client must be allowed to, as `access_table.ts` has it. */
  readonly scope: Need;
  /** The parts of the path by name. */
  readonly params?: Readonly<Record<string, PathParam>>;
  /**
   * The query: a strict object of what it may hold.
   *
   * @ignore
   */
  readonly query?: z.ZodType;
  /** A query for the example, such as `from=-6h`. */
  readonly queryExample?: string;
  /** The body. */
  readonly body?: RequestBody;
  /** All answers but those that operations of its kind share, see `shared_answers.ts`. */
  readonly answers: readonly Answer[];
  /**
   * How errors come that the route does not make itself: as problems unless it says otherwise; as pages outside of
   * what `error_form.ts` takes for the API; else as one of these bodies, where somebody else owns the format.
   *
   * @default {"problem"}
   */
  readonly errors?: "problem" | "page" | readonly Content[];
  /** Of a WebSocket: names of the schemas of its messages. */
  readonly messages?: { readonly server: string; readonly client: string };
}

/** Returns an answer with a body of JSON. */
export function answer(
  status: number,
  description: string,
  { schema, example, headers, type = "application/json" }: {
    readonly schema: SchemaSource;
    readonly example: unknown;
    readonly headers?: Readonly<Record<string, AnswerHeader>>;
    readonly type?: string;
  },
): Answer {
  const content = [{ type, schema, example }];
  return { status, description, content, ...headers === undefined ? {} : { headers } };
}

/** Returns a schema of a format that somebody else owns; `url` says where it is described. */
export function foreignSchema(
  description: string,
  { url, type }: { readonly url: string; readonly type: "object" | "array" | "string" },
): JsonSchema {
  return { type, description, externalDocs: { url } };
}

/** Returns a schema that stands in the description under a name. */
export function refTo(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
