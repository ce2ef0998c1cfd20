/**
 * Changing the headers of a finished response.
 *
 * @module
 */

/**
 * Sets headers, on the response itself if that is possible. Those of redirects and fetched
 * responses cannot be changed; then a copy is returned.
 */
export function setHeaders(
  response: Response,
  entries: readonly (readonly [name: string, value: string])[],
): Response {
  try {
    for (const [name, value] of entries) response.headers.set(name, value);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { body, status, statusText } = response;
    const headers = new Headers(response.headers);
    for (const [name, value] of entries) headers.set(name, value);
    return new Response(body, { status, statusText, headers });
  }
}
