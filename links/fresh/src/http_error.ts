/**
 * The error that stands for an HTTP status. It runs on the server and in islands.
 *
 * @module
 */

/** Status codes that an {@linkcode HttpError} can carry: all of 4xx and 5xx in use. */
export type ErrorStatus =
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409)
  | (410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418)
  | (421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451)
  | (500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511);

/**
 * Ends a request with an error status when thrown anywhere below a handler. An `_error` page or
 * {@linkcode App.onError} may answer it; otherwise the message is sent as plain text.
 *
 * @example Usage
 * ```ts
 * import { HttpError } from "fresh";
 *
 * function requireName(name: string | null): string {
 *   if (name === null) throw new HttpError(400, "Cannot greet: name is missing");
 *   return name;
 * }
 * ```
 */
export class HttpError extends Error {
  /** The status of the response. */
  status: ErrorStatus;

  /**
   * Creates an error for a status.
   *
   * @param status The status of the response.
   * @param message Sent to the client when no error page answers; by default the reason phrase is.
   * @param options The cause, if there is one.
   */
  constructor(status: ErrorStatus, message = "", options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}
