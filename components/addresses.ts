/**
 * Where services and alerts are: cards, and pages of their own.
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

/** Returns an id as a segment of a path, where a colon may stand as it is. */
export function pathSegment(id: string): string {
  return encodeURIComponent(id).replaceAll("%3A", ":");
}

/** Returns the address of the page of an alert. */
export function alertPath(id: string): string {
  return `/alerts/${pathSegment(id)}`;
}
