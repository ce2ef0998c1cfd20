/**
 * Holds answers against the description of the API.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import type { OpenApiDocument, OperationObject } from "@/lib/protocol/openapi/openapi_document.ts";
import { type CheckValue, schemaCheck } from "@/tests/support/schema_check.ts";

/** Headers that any answer may have; the description says so in general or not at all. */
const GENERAL = new Set([
  ...["cache-control", "content-type", "content-security-policy", "cross-origin-opener-policy"],
  ...["cross-origin-resource-policy", "permissions-policy", "referrer-policy"],
  ...["x-content-type-options", "x-frame-options"],
]);

/** An operation and where it stands. */
export interface PlacedOperation extends OperationObject {
  readonly path: string;
  /** In small letters. */
  readonly method: string;
}

/** Checks answers, and remembers which it has seen. */
export class AnswerCheck {
  readonly operations: readonly PlacedOperation[];
  readonly #check: CheckValue;
  /** `"<operationId> <status> <content type>"`, and the same with the name of a header. */
  readonly #seen = new Set<string>();

  constructor(document: OpenApiDocument) {
    this.#check = schemaCheck(document, { isClosed: true });
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation }))
    );
  }

  /** Returns an operation by its id. */
  operation(id: string): PlacedOperation {
    const found = this.operations.find(({ operationId }) => operationId === id);
    assert(found, `there is no operation ${id}`);
    return found;
  }

  /** Checks one value by a schema of the description. */
  value(schema: unknown, value: unknown): void {
    assertEquals(this.#check(schema, value), "", JSON.stringify(value).slice(0, 2_000));
  }

  /** Checks an answer: status, headers, content type and body. */
  async answer(operation: PlacedOperation, response: Response): Promise<void> {
    const { status } = response;
    const headers = new Headers(response.headers);
    const text = await textOf(response);
    const name = `${operation.operationId} ${status}`;
    const described = operation.responses[`${status}`];
    assert(described, `${name} is not described: ${text.slice(0, 500)}`);
    const type = headers.get("content-type") ?? "";
    // What a page loads in advance is its own business.
    if (type.startsWith("text/html")) headers.delete("link");
    this.#checkHeaders(name, described.headers ?? {}, headers);
    const media = described.content?.[type];
    if (described.content === undefined) assertEquals([type, text], ["", ""], name);
    else {
      assert(media, `${name} comes as ${type}, which is not described`);
      const value = /\bjson$/.test(type) ? JSON.parse(text) : text;
      this.value(media.schema, value);
      if (type === "application/problem+json") assertEquals(value.status, status, name);
    }
    this.note(`${name} ${type}`);
  }

  /** Remembers that an answer was seen. */
  note(answer: string): void {
    this.#seen.add(answer.trim());
  }

  /** Returns the answers, and headers of answers, that are described and were not seen. */
  unseen(): string[] {
    return this.operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, { content, headers }]) =>
        [...Object.keys(content ?? { "": null }), ...Object.keys(headers ?? {})]
          .map((part) => `${operationId} ${status} ${part}`.trim())
      )
    ).filter((answer) => !this.#seen.has(answer));
  }

  #checkHeaders(
    name: string,
    described: NonNullable<OperationObject["responses"][string]["headers"]>,
    headers: Headers,
  ): void {
    for (const [header, { required, schema }] of Object.entries(described)) {
      const value = headers.get(header);
      if (value === null) assert(!required, `${name} lacks ${header}`);
      else {
        assertMatch(value, new RegExp(String(schema.pattern)), `${name} ${header}`);
        this.note(`${name} ${header}`);
      }
    }
    const others = [...headers.keys()]
      .filter((header) => !GENERAL.has(header) && !Object.hasOwn(described, header));
    assertEquals(others, [], `${name} has headers that are not described`);
  }
}

async function textOf(response: Response): Promise<string> {
  if (response.headers.get("content-encoding") !== "gzip") return await response.text();
  return await new Response(response.body?.pipeThrough(new DecompressionStream("gzip"))).text();
}
