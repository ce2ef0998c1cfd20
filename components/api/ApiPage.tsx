/**
 * The description of the API as a page: contents, operations by group, schemas. It is complete without scripts.
 *
 * @module
 */

import type { VNode } from "preact";

import type { OpenApiDocument, OperationObject } from "@/lib/protocol/openapi/openapi_document.ts";
import * as words from "@/texts/api_page.ts";

import { ApiOperation, Method } from "./ApiOperation.tsx";
import { ApiSchema } from "./ApiSchema.tsx";
import { CodeText } from "./CodeText.tsx";

/** Props of {@linkcode ApiPage}. */
export interface ApiPageProps {
  readonly document: OpenApiDocument;
  /** Whether any token is set, so that the commands send one. */
  readonly hasTokens: boolean;
  /** Returns the command of the operation of an id, as it is called from where the page is read. */
  readonly commandOf: (operationId: string) => string;
}

/** An operation and where it stands. */
interface Placed {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
}

/** Renders everything. */
export function ApiPage({ document, hasTokens, commandOf }: ApiPageProps): VNode {
  const { info, components } = document;
  const groups = groupOperations(document);
  return (
    <div class="api-page">
      <section class="verdict">
        <div>
          <h1>{words.title}</h1>
          <p>
            {words.version(String(info.version), (text) => <a href="/api/openapi.json">{text}</a>)}
          </p>
        </div>
      </section>
      <div class="intro">
        {String(info.description).split("\n\n").map((paragraph) => (
          <p key={paragraph}>
            <CodeText text={paragraph} />
          </p>
        ))}
        <p class="credentials">
          <CodeText text={hasTokens ? words.withTokens : words.withoutTokens} />
        </p>
      </div>
      <Contents groups={groups} />
      {groups.map(({ name, description, placed }) => (
        <section key={name} id={groupId(name)} class="group">
          <h2>{name}</h2>
          <p>{description}</p>
          {placed.map(({ path, method, operation }) => (
            <ApiOperation
              key={operation.operationId}
              {...{ path, method, operation }}
              command={commandOf(operation.operationId)}
            />
          ))}
        </section>
      ))}
      <section id="schemas" class="group">
        <h2>{words.schemas}</h2>
        {Object.entries(components.schemas).map(([name, schema]) => (
          <details key={name} class="panel">
            <summary>
              <h3>{name}</h3>
            </summary>
            {/* A fragment that leads into what is folded unfolds it. */}
            <div id={`schema-${name}`}>
              <ApiSchema schema={schema} />
            </div>
          </details>
        ))}
      </section>
    </div>
  );
}

/** A group with what is in it. */
interface PlacedGroup {
  readonly name: string;
  readonly description: string;
  readonly placed: readonly Placed[];
}

function Contents({ groups }: { readonly groups: readonly PlacedGroup[] }): VNode {
  return (
    <nav class="contents" aria-label={words.operations}>
      {groups.map(({ name, placed }) => (
        <div key={name}>
          <p>
            <a href={`#${groupId(name)}`}>{name}</a>
          </p>
          <ul>
            {placed.map(({ path, method, operation: { operationId } }) => (
              <li key={operationId}>
                <a href={`#${operationId}`}>
                  <Method method={method} /> <code>{path}</code>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function groupOperations({ tags, paths }: OpenApiDocument): readonly PlacedGroup[] {
  const all: Placed[] = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  );
  return tags.map(({ name, description }) => ({
    name,
    description,
    placed: all.filter(({ operation }) => operation.tags.includes(name)),
  })).filter(({ placed }) => placed.length > 0);
}

/** Ids of operations begin with a verb in small letters, so these are others. */
function groupId(name: string): string {
  return `group-${name.toLowerCase()}`;
}
