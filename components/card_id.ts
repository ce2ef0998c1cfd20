/**
 * Where a service is: its card, and the page of its own.
 *
 * @module
 */

/** Returns the id of a service's card, for links to it. */
export function cardId(service: string): string {
  return `service-${service}`;
}

/** Returns the address of the page of a service. */
export function servicePath(name: string): string {
  return `/services/${encodeURIComponent(name)}`;
}
