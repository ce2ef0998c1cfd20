/**
 * Unpacks compressed bodies up to a bound, so that a small one cannot fill the memory.
 *
 * @module
 */

import { ProblemError } from "./problem.ts";
import { readBody } from "./read_body.ts";

/** How {@linkcode inflate} unpacks. */
export interface InflateOptions {
  /** `deflate` is the format of zlib (RFC 1950), as HTTP means it. */
  readonly compression: "gzip" | "deflate";
  /** The most that may come out, in bytes. */
  readonly maxBytes: number;
}

/**
 * Returns what bytes were before they were compressed. It stops unpacking at the first byte too many.
 *
 * @throws {ProblemError} 413 if more than `maxBytes` come out, 400 if they are not compressed that way.
 */
export async function inflate(
  bytes: Uint8Array,
  { compression, maxBytes }: InflateOptions,
): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(bytes)]).stream();
  const body = packed.pipeThrough(new DecompressionStream(compression));
  try {
    return await readBody({ body, headers: new Headers() }, maxBytes);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 400) throw error;
    throw new ProblemError(400, `Cannot unpack the body: it is not ${compression}, or broke off`, {
      cause: error,
    });
  }
}
