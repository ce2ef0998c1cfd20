/**
 * Reads the body of a request up to a bound. Knows nothing of what is in it.
 *
 * @module
 */

import { ProblemError } from "./problem.ts";

/** What is used of a request. */
export type BodySource = Pick<Request, "body" | "headers">;

/**
 * Returns the bytes of a body. It stops reading at the first byte too many, whatever `Content-Length` says,
 * so that no body is ever held that is longer than the bound and one chunk.
 *
 * @throws {ProblemError} 413 if it is longer than `maxBytes`, 400 if it breaks off.
 */
export async function readBody(request: BodySource, maxBytes: number): Promise<Uint8Array> {
  const { body, headers } = request;
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  if (Number(headers.get("content-length")) > maxBytes) return await refuse(reader, maxBytes);
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for (let chunk = await next(reader); chunk !== undefined; chunk = await next(reader)) {
    byteCount += chunk.byteLength;
    if (byteCount > maxBytes) return await refuse(reader, maxBytes);
    chunks.push(chunk);
  }
  return join(chunks, byteCount);
}

/**
 * Returns the beginning of a body, at least `wanted` bytes if it has as many. The rest is let go, however long it
 * is: for what is no reason to refuse a request.
 *
 * @throws {ProblemError} 400 if it breaks off before that.
 */
export async function readBeginning({ body }: BodySource, wanted: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for (let chunk = await next(reader); chunk !== undefined; chunk = await next(reader)) {
    byteCount += chunk.byteLength;
    chunks.push(chunk);
    if (byteCount >= wanted) break;
  }
  // A sender that has gone already makes this fail; what came, came.
  if (byteCount >= wanted) await reader.cancel().catch(() => {});
  return join(chunks, byteCount);
}

async function next(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (cause) {
    throw new ProblemError(400, "Cannot read the body: it broke off", { cause });
  }
}

async function refuse(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<never> {
  const error = new ProblemError(
    413,
    `Cannot take a body of more than ${maxBytes} bytes: send less at a time`,
  );
  // A sender that has gone already makes this fail; the answer is the same.
  await reader.cancel(error).catch(() => {});
  throw error;
}

function join(chunks: readonly Uint8Array[], byteCount: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const bytes = new Uint8Array(byteCount);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
