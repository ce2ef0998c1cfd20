/**
 * The samples of one batch as bytes, in the order of their arrival. Written for every batch and read after a
 * crash only, so it is made to be quick.
 *
 * @module
 */

import type { Sample } from "@/lib/domain/sample.ts";

import type { BitReader } from "./bit_reader.ts";
import { BitWriter } from "./bit_writer.ts";
import { seal, unseal } from "./envelope.ts";

/** A sample whose service goes by its number in the database. */
export interface NumberedSample extends Pick<Sample, "at" | "metrics"> {
  /** The number of the service. */
  readonly service: number;
}

/** Returns samples as bytes. Instants must be whole milliseconds from 0 on. */
export function encodeJournalRow(samples: readonly NumberedSample[]): Uint8Array {
  const names = [...new Set(samples.flatMap(({ metrics }) => Object.keys(metrics)))];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const writer = new BitWriter();
  writer.varint(names.length);
  for (const name of names) writer.text(name);
  writer.varint(samples.length);
  for (const { service, at, metrics } of samples) {
    const values = Object.entries(metrics);
    writer.varint(service);
    writer.varint(at);
    writer.varint(values.length);
    for (const [metric, value] of values) {
      writer.varint(numbers.get(metric) ?? 0);
      writeDouble(writer, value);
    }
  }
  return seal(writer, { kind: "journal", deflates: false });
}

/**
 * Returns the samples that {@linkcode encodeJournalRow} was given.
 *
 * @throws {HistoryError} `corrupt` if the bytes are damaged.
 */
export function decodeJournalRow(bytes: Uint8Array): readonly NumberedSample[] {
  return unseal(bytes, "journal", (reader) => {
    const names = Array.from({ length: reader.varint() }, () => reader.text());
    return Array.from({ length: reader.varint() }, () => readSample(reader, names));
  });
}

function readSample(reader: BitReader, names: readonly string[]): NumberedSample {
  const [service, at] = [reader.varint(), reader.varint()];
  const values = Array.from({ length: reader.varint() }, () => {
    const name = names[reader.varint()];
    if (name === undefined) throw new RangeError("a metric has no name");
    return [name, readDouble(reader)] as const;
  });
  return { service, at, metrics: Object.fromEntries(values) };
}

const VIEW = new DataView(new ArrayBuffer(8));

function writeDouble(writer: BitWriter, value: number): void {
  VIEW.setFloat64(0, value);
  writer.bits(VIEW.getUint32(0), 32);
  writer.bits(VIEW.getUint32(4), 32);
}

function readDouble(reader: BitReader): number {
  VIEW.setUint32(0, reader.bits(32));
  VIEW.setUint32(4, reader.bits(32));
  return VIEW.getFloat64(0);
}
