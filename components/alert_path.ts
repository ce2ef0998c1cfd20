/**
 * Addresses that name an alert.
 *
 * @module
 */

/** Returns an id as a segment of a path, where a colon may stand as it is. */
export function pathSegment(id: string): string {
  return encodeURIComponent(id).replaceAll("%3A", ":");
}

/** Returns the address of the page of an alert. */
export function alertPath(id: string): string {
  return `/alerts/${pathSegment(id)}`;
}
