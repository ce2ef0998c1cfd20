/**
 * Fingerprints of label sets, as Prometheus computes them: FNV-1a of 64 bits over names and values
 * (https://github.com/prometheus/common/blob/main/model/signature.go).
 *
 * @module
 */

const OFFSET = 14_695_981_039_346_656_037n;
const PRIME = 1_099_511_628_211n;
const SEPARATOR = 255;

/**
 * Returns the fingerprint of labels, 16 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { fingerprintOf } from "@/lib/alertmanager/fingerprint.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fingerprintOf({ b: "2", a: "1" }), fingerprintOf({ a: "1", b: "2" }));
 * ```
 */
export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const encoder = new TextEncoder();
  let hash = OFFSET;
  for (const name of Object.keys(labels).sort()) {
    for (const text of [name, labels[name] ?? ""]) {
      for (const byte of [...encoder.encode(text), SEPARATOR]) {
        hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
      }
    }
  }
  return hash.toString(16).padStart(16, "0");
}
