/** The page of the API, without the descriptions of its operations: those are part of the document. @module */

import { formatCount, type Phrase } from "./language.ts";

export const title = "API";

export function version<Part>(version: string, link: (text: string) => Part): Phrase<Part> {
  return [`Version ${version}, as `, link("OpenAPI 3.1"), " for tools that make clients."];
}

/** What stands between backticks is code. */
export const withTokens =
  "Here a token is set. The commands below send that of the variable `VITALS_TOKEN`: `export VITALS_TOKEN=…`, once in a shell.";
export const withoutTokens =
  'Here no token is set. Commands of scope `read` or `public` work from everywhere, all others in a shell on the machine that Vitals runs on. With a token they are sent with `-H "Authorization: Bearer $VITALS_TOKEN"`.';

export const schemas = "Schemas";
export const operations = "Operations";

export function scope<Part>(scope: Part): Phrase<Part> {
  return ["scope ", scope];
}

export const body = "Body";
export const optionalBody = "Body (may be left out)";
export const messages = "Messages";

export function whoSends<Part>(server: Part, client: Part): Phrase<Part> {
  return ["The server sends ", server, ", clients may send ", client, "."];
}

export const answers = "Answers";
export const parameters = "Parameters";

/** Where a parameter stands. */
export const places = {
  path: "in the path",
  query: "in the query",
} as const;

export const notAlways = ", not always there";
export const optional = ", optional";

export function whatIsIn<Part>(name: Part): Phrase<Part> {
  return ["What is in ", name];
}

export function listOf<Part>(what: Part): Phrase<Part> {
  return ["list of ", what];
}

export const orNull = " or null";
export const oneOf = (count: number): string => `one of ${formatCount(count)}`;
export const either = (kinds: readonly string[]): string => kinds.join(" or ");

export const plainTypes = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  null: "null",
} as const;

export const anything = "anything";
export const object = "object";
export const objectOf = (kind: string): string => `object of ${kind} by name`;
export const characters = (range: string): string => `${range} characters`;
export const dateTime = "ISO 8601 with a zone";
export const like = (pattern: string): string => `like ${pattern}`;
export const byDefault = (value: string): string => `default ${value}`;
export const between = (least: string, most: string): string => `${least} to ${most}`;
export const atLeast = (least: string): string => `at least ${least}`;
export const atMost = (most: string): string => `at most ${most}`;
