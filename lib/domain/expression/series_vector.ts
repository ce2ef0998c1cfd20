/**
 * Values with labels, as expressions compute with them.
 *
 * @module
 */

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** One value and which of several it is. */
export interface Element {
  /** Which. */
  readonly labels: Labels;
  /** How much; any number, also not a number. */
  readonly value: number;
}

/** Any number of values, no two with the same labels. */
export type SeriesVector = readonly Element[];

/** Returns a text that is equal for equal labels, whatever their order; an empty label is like none. */
export function labelsKey(labels: Labels): string {
  const names = Object.keys(labels).filter((name) => labels[name] !== "").sort();
  return JSON.stringify(names.map((name) => [name, labels[name]]));
}

/**
 * Returns the labels of a key. Their texts are copies: a piece of a page would keep the whole page in memory
 * for as long as it is needed.
 */
export function labelsOf(key: string): Labels {
  return Object.fromEntries(JSON.parse(key));
}

/** Returns only the named labels, or all but them. */
export function pickLabels(
  labels: Labels,
  { kind, labels: names }: { readonly kind: "by" | "without"; readonly labels: readonly string[] },
): Labels {
  const isKept = kind === "by";
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => names.includes(name) === isKept),
  );
}
