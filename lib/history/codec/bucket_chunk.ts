/**
 * Buckets of one service as bytes.
 *
 * @module
 */

import type { BucketBlock, BucketColumns } from "@/lib/domain/bucket_block.ts";

import type { BitReader } from "./bit_reader.ts";
import { BitWriter } from "./bit_writer.ts";
import { seal, unseal } from "./envelope.ts";
import { readIntegers, writeIntegers } from "./integers.ts";
import { readValues, writeValues } from "./values.ts";

/** The columns of values; their order is part of the format. */
const VALUE_COLUMNS = ["min", "max", "sum", "last"] as const;

/** Returns a block as bytes. Beginnings must be whole milliseconds, values finite. */
export function encodeBuckets({ starts, columns }: BucketBlock): Uint8Array {
  const writer = new BitWriter();
  writer.varint(starts.length);
  writeIntegers(writer, starts);
  writer.varint(columns.size);
  for (const [metric, column] of columns) {
    writer.text(metric);
    writeIntegers(writer, column.count);
    const isPresent = (_value: number, row: number) => (column.count[row] ?? 0) > 0;
    for (const name of VALUE_COLUMNS) writeValues(writer, column[name].filter(isPresent));
  }
  return seal(writer, { kind: "buckets", deflates: true });
}

/**
 * Returns the block that {@linkcode encodeBuckets} was given.
 *
 * @throws {HistoryError} `corrupt` if the bytes are damaged.
 */
export function decodeBuckets(bytes: Uint8Array): BucketBlock {
  return unseal(bytes, "buckets", (reader) => {
    const length = reader.varint();
    const starts = readIntegers(reader, length);
    const columns = Array.from(
      { length: reader.varint() },
      (): [string, BucketColumns] => [reader.text(), readColumns(reader, length)],
    );
    return { starts, columns: new Map(columns) };
  });
}

function readColumns(reader: BitReader, length: number): BucketColumns {
  const count = readIntegers(reader, length);
  const rows = Array.from(count.keys()).filter((row) => (count[row] ?? 0) > 0);
  const read = () => {
    const values = readValues(reader, rows.length);
    const column = new Float64Array(length);
    for (const [index, row] of rows.entries()) column[row] = values[index] ?? NaN;
    return column;
  };
  return { count, min: read(), max: read(), sum: read(), last: read() };
}
