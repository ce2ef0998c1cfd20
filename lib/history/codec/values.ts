/**
 * Columns of values in few bytes, and yet exactly. Measured values are mostly short decimals: these are kept
 * as whole numbers of hundredths, say. All others are kept as doubles, each XORed with the one before, as
 * Gorilla does (Pelkonen and others, VLDB 2015), and byte by byte, so that deflate finds what is alike.
 *
 * @module
 */

import type { BitReader } from "./bit_reader.ts";
import type { BitWriter } from "./bit_writer.ts";
import { MAX_INTEGER, readIntegers, writeIntegers } from "./integers.ts";

/** At most so many digits after the point; what has more is kept as doubles. */
const MAX_DECIMALS = 6;
/** Stands where the number of decimals does. */
const DOUBLES = 15;

/** Writes finite values so that the very same come back, `-0` among them. */
export function writeValues(writer: BitWriter, values: Float64Array): void {
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
    const scaled = scale(values, 10 ** decimals);
    if (scaled === null) continue;
    writer.bits(decimals, 4);
    return writeIntegers(writer, scaled);
  }
  writer.bits(DOUBLES, 4);
  writeDoubles(writer, values);
}

/** Reads so many values that {@linkcode writeValues} wrote. */
export function readValues(reader: BitReader, length: number): Float64Array {
  const decimals = reader.bits(4);
  if (decimals === DOUBLES) return readDoubles(reader, length);
  const factor = 10 ** decimals;
  return readIntegers(reader, length).map((value) => value / factor);
}

/** Returns the values as whole numbers of that part of one; `null` if not all of them are. */
function scale(values: Float64Array, factor: number): Float64Array | null {
  const scaled = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    const whole = Math.round(value * factor);
    // `0` has no sign as a whole number; `Object.is` tells it from `-0`.
    if (!(Math.abs(whole) <= MAX_INTEGER) || !Object.is((whole || 0) / factor, value)) return null;
    scaled[index] = whole || 0;
  }
  return scaled;
}

function writeDoubles(writer: BitWriter, values: Float64Array): void {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(new ArrayBuffer(8));
  const before = new Uint8Array(8);
  const now = new Uint8Array(view.buffer);
  for (let index = 0; index < values.length; index++) {
    view.setFloat64(0, values[index] ?? NaN);
    for (let plane = 0; plane < 8; plane++) {
      bytes[plane * values.length + index] = (now[plane] ?? 0) ^ (before[plane] ?? 0);
    }
    before.set(now);
  }
  writer.bytes(bytes);
}

function readDoubles(reader: BitReader, length: number): Float64Array {
  const bytes = reader.bytes(8 * length);
  const view = new DataView(new ArrayBuffer(8));
  const now = new Uint8Array(view.buffer);
  return Float64Array.from({ length }, (_, index) => {
    for (let plane = 0; plane < 8; plane++) {
      now[plane] = (now[plane] ?? 0) ^ (bytes[plane * length + index] ?? 0);
    }
    return view.getFloat64(0);
  });
}
