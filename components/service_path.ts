/**
 * The address of a service.
 *
 * @module
 */

/** Returns the address of the page of a service. Names need no escapes. */
export function servicePath(name: string): string {
  return `/services/${name}`;
}
