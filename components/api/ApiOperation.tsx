/**
 * One operation of the API: how it is called, what it takes, what it answers.
 *
 * @module
 */

import type { VNode } from "preact";

import type {
  MediaObject,
  OperationObject,
  ParameterObject,
  ResponseObject,
} from "@/lib/protocol/openapi/openapi_document.ts";
import * as words from "@/texts/api_page.ts";

import { ApiSchema } from "./ApiSchema.tsx";
import { CodeText } from "./CodeText.tsx";
import { boundWords, typeWords } from "./schema_words.ts";

/** Props of {@linkcode ApiOperation}. */
export interface ApiOperationProps {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
  /** The command that calls it. */
  readonly command: string;
}

/** Renders the operation; its id is the fragment that leads to it. */
export function ApiOperation({ method, path, operation, command }: ApiOperationProps): VNode {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const messages = operation["x-vitals-messages"];
  return (
    <article id={operationId} class="panel operation" aria-labelledby={`${operationId}-title`}>
      <header>
        <h3 id={`${operationId}-title`}>
          <a href={`#${operationId}`}>{summary}</a>
        </h3>
        <p class="call">
          <Method method={method} /> <code>{path}</code>
        </p>
        <span class="scope">
          {words.scope(<code>{operation["x-vitals-scope"]}</code>)}
        </span>
      </header>
      {description !== undefined && (
        <p>
          <CodeText text={description} />
        </p>
      )}
      <pre class="command"><code>{command}</code></pre>
      {parameters !== undefined && <Parameters parameters={parameters} />}
      {requestBody !== undefined && (
        <>
          <h4>{requestBody.required ? words.body : words.optionalBody}</h4>
          <Media content={requestBody.content} />
        </>
      )}
      {messages !== undefined && (
        <>
          <h4>{words.messages}</h4>
          <p>
            {words.whoSends(
              <ApiSchemaLink name="ServerMessage" />,
              <ApiSchemaLink name="ClientMessage" />,
            )}
          </p>
        </>
      )}
      <h4>{words.answers}</h4>
      <ul class="answers">
        {Object.entries(responses).map(([status, response]) => (
          <li key={status}>
            <Answer status={status} response={response} />
          </li>
        ))}
      </ul>
    </article>
  );
}

/** Props of {@linkcode Method}. */
export interface MethodProps {
  readonly method: string;
}

/** Renders the name of a method. */
export function Method({ method }: MethodProps): VNode {
  return <span class="method" data-method={method}>{method.toUpperCase()}</span>;
}

function ApiSchemaLink({ name }: { readonly name: string }): VNode {
  return <a href={`#schema-${name}`}>{name}</a>;
}

function Parameters({ parameters }: { readonly parameters: readonly ParameterObject[] }): VNode {
  return (
    <>
      <h4>{words.parameters}</h4>
      <ul class="fields">
        {parameters.map(({ name, in: place, schema, description }) => (
          <li key={name}>
            <code>{name}</code> <em>{typeWords(schema)}</em>
            <small>{`, ${[words.places[place], ...boundWords(schema)].join(", ")}`}</small>
            <p>
              <CodeText text={description} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Renders an answer; what is more than its status and when it comes is folded away. */
function Answer(
  { status, response }: { readonly status: string; readonly response: ResponseObject },
): VNode {
  const { description, headers, content } = response;
  const line = (
    <>
      <b class="status" data-class={`${status[0]}xx`}>{status}</b> <CodeText text={description} />
    </>
  );
  if (headers === undefined && content === undefined) return <p>{line}</p>;
  return (
    <details>
      <summary>{line}</summary>
      {headers !== undefined && (
        <ul class="fields">
          {Object.entries(headers).map(([name, { description, required }]) => (
            <li key={name}>
              <code>{name}</code>
              <small>{required ? "" : words.notAlways}</small>
              <p>
                <CodeText text={description} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {content !== undefined && <Media content={content} />}
    </details>
  );
}

function Media({ content }: { readonly content: Readonly<Record<string, MediaObject>> }): VNode {
  return (
    <>
      {Object.entries(content).map(([type, { schema, example }]) => (
        <div key={type} class="media">
          <p class="type">
            <code>{type}</code>
          </p>
          <ApiSchema schema={schema} />
          <pre><code>{format(example)}</code></pre>
        </div>
      ))}
    </>
  );
}

/** Lists of numbers stay on a line. */
function format(example: unknown): string {
  if (typeof example === "string") return example;
  const text = JSON.stringify(example, null, 2);
  return text.replace(/\[[\d\s.,-]+\]/g, (list) => list.replace(/\s+/g, " "));
}
