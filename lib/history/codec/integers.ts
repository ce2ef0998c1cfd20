/**
 * Columns of whole numbers in few bits, as FLAC packs sound: what a simple prediction leaves over is small,
 * and Rice codes (Rice and Plaunt, 1971) take few bits for what is small. Whichever of the predictions
 * leaves least is taken, column by column.
 *
 * @module
 */

import type { BitReader } from "./bit_reader.ts";
import type { BitWriter } from "./bit_writer.ts";

/** The largest whole number, either way, that {@linkcode writeIntegers} takes. */
export const MAX_INTEGER: number = 2 ** 47;

/** Numbers that share one length of their Rice codes. */
const BLOCK = 64;
/** The length that stands for a block of zeros. */
const ALL_ZERO = 63;
/** So many ones are no part of a Rice code: the number follows as it is. */
const ESCAPE = 24;
const WHOLE_BITS = 53;

/** One way to say what comes next from what came before: where it stands, and what it learns. */
interface Prediction {
  /** How much of the step from the expected value to the true one moves the level. */
  readonly gain: number;
  /** Whether the latest step is expected again. */
  readonly goesOn: boolean;
}

/** Always the same, the one before, a straight line, a level that moves slowly. The order is part of the format. */
const PREDICTIONS: readonly Prediction[] = [
  { gain: 0, goesOn: false },
  { gain: 1, goesOn: false },
  { gain: 1, goesOn: true },
  { gain: 0.25, goesOn: false },
];

/** Writes whole numbers that are not beyond {@linkcode MAX_INTEGER}; `-0` is not one. */
export function writeIntegers(writer: BitWriter, values: Float64Array): void {
  const base = values[0] ?? 0;
  const candidates = PREDICTIONS.map((prediction) => residuals(values, { base, prediction }));
  const costs = candidates.map(costOf);
  const best = costs.indexOf(Math.min(...costs));
  writer.bits(best, 2);
  writer.bits(zigzag(base), WHOLE_BITS);
  const rest = candidates[best] ?? new Float64Array();
  for (let first = 0; first < rest.length; first += BLOCK) {
    writeBlock(writer, rest.subarray(first, first + BLOCK));
  }
}

/** Reads so many numbers that {@linkcode writeIntegers} wrote. */
export function readIntegers(reader: BitReader, length: number): Float64Array {
  const { gain, goesOn } = PREDICTIONS[reader.bits(2)] ?? NO_PREDICTION;
  const base = unzigzag(reader.bits(WHOLE_BITS));
  const values = new Float64Array(length);
  for (let first = 0; first < length; first += BLOCK) {
    readBlock(reader, values.subarray(first, first + BLOCK));
  }
  let [level, slope] = [0, 0];
  for (let index = 0; index < length; index++) {
    const value = Math.round(level) + slope + unzigzag(values[index] ?? 0);
    if (goesOn) slope = value - level;
    level += (value - level) * gain;
    values[index] = base + value;
  }
  return values;
}

const NO_PREDICTION: Prediction = { gain: 0, goesOn: false };

/** Returns what a prediction leaves over, without signs. All is told from `base` on. */
function residuals(
  values: Float64Array,
  { base, prediction: { gain, goesOn } }: {
    readonly base: number;
    readonly prediction: Prediction;
  },
): Float64Array {
  const rest = new Float64Array(values.length);
  let [level, slope] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = (values[index] ?? 0) - base;
    rest[index] = zigzag(value - Math.round(level) - slope);
    if (goesOn) slope = value - level;
    level += (value - level) * gain;
  }
  return rest;
}

function writeBlock(writer: BitWriter, block: Float64Array): void {
  const length = riceLength(block);
  writer.bits(length, 6);
  if (length === ALL_ZERO) return;
  const divisor = 2 ** length;
  for (const value of block) {
    const quotient = Math.floor(value / divisor);
    if (quotient < ESCAPE) {
      // So many ones and a zero.
      writer.bits(2 ** (quotient + 1) - 2, quotient + 1);
      writer.bits(value % divisor, length);
    } else {
      writer.bits(2 ** ESCAPE - 1, ESCAPE);
      writer.bits(value, WHOLE_BITS);
    }
  }
}

function readBlock(reader: BitReader, block: Float64Array): void {
  const length = reader.bits(6);
  if (length === ALL_ZERO) return;
  const divisor = 2 ** length;
  for (let index = 0; index < block.length; index++) {
    const quotient = reader.ones(ESCAPE);
    block[index] = quotient < ESCAPE
      ? quotient * divisor + reader.bits(length)
      : reader.bits(WHOLE_BITS);
  }
}

/** Returns the length of the lower part that makes a block shortest. */
function riceLength(block: Float64Array): number {
  let sum = 0;
  for (const value of block) sum += value;
  if (sum === 0) return ALL_ZERO;
  const usual = Math.max(0, Math.floor(Math.log2(sum / block.length)));
  let [best, least] = [usual, Infinity];
  for (let length = Math.max(0, usual - 2); length <= usual + 1; length++) {
    const bits = bitsOf(block, length);
    if (bits < least) [best, least] = [length, bits];
  }
  return best;
}

function bitsOf(block: Float64Array, length: number): number {
  const divisor = 2 ** length;
  let bits = 0;
  for (const value of block) {
    const quotient = Math.floor(value / divisor);
    bits += quotient < ESCAPE ? quotient + 1 + length : ESCAPE + WHOLE_BITS;
  }
  return bits;
}

/** About how many bits there will be: enough to compare. */
function costOf(values: Float64Array): number {
  let cost = 0;
  for (let first = 0; first < values.length; first += BLOCK) {
    let sum = 0;
    const end = Math.min(values.length, first + BLOCK);
    for (let index = first; index < end; index++) sum += values[index] ?? 0;
    cost += Math.log2(1 + sum);
  }
  return cost;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
