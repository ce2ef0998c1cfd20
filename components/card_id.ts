/**
 * Where the card of a service is.
 *
 * @module
 */

/** Returns the id of a service's card, for links to it. */
export function cardId(service: string): string {
  return `service-${service}`;
}
