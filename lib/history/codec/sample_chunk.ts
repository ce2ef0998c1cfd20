/**
 * Samples of one service as bytes: one column of instants that its metrics share, and one of values for each.
 *
 * @module
 */

import { countPresent, type SampleBlock } from "@/lib/domain/sample_block.ts";

import type { BitReader } from "./bit_reader.ts";
import { BitWriter } from "./bit_writer.ts";
import { seal, unseal } from "./envelope.ts";
import { readIntegers, writeIntegers } from "./integers.ts";
import { readValues, writeValues } from "./values.ts";

/** Returns a block as bytes. Instants must be whole milliseconds, values finite. */
export function encodeSamples({ times, columns }: SampleBlock): Uint8Array {
  const writer = new BitWriter();
  writer.varint(times.length);
  writeIntegers(writer, times);
  writer.varint(columns.size);
  for (const [metric, column] of columns) {
    writer.text(metric);
    writeColumn(writer, column);
  }
  return seal(writer, { kind: "samples", deflates: true });
}

/**
 * Returns the block that {@linkcode encodeSamples} was given.
 *
 * @throws {HistoryError} `corrupt` if the bytes are damaged.
 */
export function decodeSamples(bytes: Uint8Array): SampleBlock {
  return unseal(bytes, "samples", (reader) => {
    const length = reader.varint();
    const times = readIntegers(reader, length);
    const columns = Array.from(
      { length: reader.varint() },
      (): [string, Float64Array] => [reader.text(), readColumn(reader, length)],
    );
    return { times, columns: new Map(columns) };
  });
}

/** One bit says whether every row has a value; if not, one bit a row says which have. */
function writeColumn(writer: BitWriter, column: Float64Array): void {
  const isFull = countPresent(column) === column.length;
  writer.bits(isFull ? 1 : 0, 1);
  if (isFull) return writeValues(writer, column);
  for (const value of column) writer.bits(Number.isNaN(value) ? 0 : 1, 1);
  writeValues(writer, column.filter((value) => !Number.isNaN(value)));
}

function readColumn(reader: BitReader, length: number): Float64Array {
  if (reader.bits(1) === 1) return readValues(reader, length);
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (reader.bits(1) === 1) rows.push(row);
  const values = readValues(reader, rows.length);
  const column = new Float64Array(length).fill(NaN);
  for (const [index, row] of rows.entries()) column[row] = values[index] ?? NaN;
  return column;
}
