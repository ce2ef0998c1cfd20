/**
 * Two ascending lists of keys made into one.
 *
 * @module
 */

/** What {@linkcode joinKeys} found. */
export interface JoinedKeys {
  /** Every key of either list, ascending, each once. */
  readonly keys: Float64Array;
  /** Where each key of the first list stands among them. */
  readonly left: Int32Array;
  /** Where each key of the second list stands among them. */
  readonly right: Int32Array;
}

/** Returns every key of two ascending lists without doubles. */
export function joinKeys(first: Float64Array, second: Float64Array): JoinedKeys {
  const keys = new Float64Array(first.length + second.length);
  const [left, right] = [new Int32Array(first.length), new Int32Array(second.length)];
  let [one, other, length] = [0, 0, 0];
  while (one < first.length || other < second.length) {
    const [a, b] = [first[one] ?? Infinity, second[other] ?? Infinity];
    keys[length] = Math.min(a, b);
    if (a <= b) left[one++] = length;
    if (b <= a) right[other++] = length;
    length++;
  }
  return { keys: keys.subarray(0, length), left, right };
}
