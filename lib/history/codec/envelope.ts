/**
 * What every stored piece is wrapped in: which format it has, and a checksum, so that damage is never taken
 * for data.
 *
 * @module
 */

import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

import { HistoryError } from "@/lib/ports/history.ts";

import { BitReader } from "./bit_reader.ts";
import type { BitWriter } from "./bit_writer.ts";

/** What a piece holds; the number is part of the format. */
export type PieceKind = "samples" | "buckets" | "journal";

const KIND_CODES: Readonly<Record<PieceKind, number>> = { samples: 1, buckets: 2, journal: 3 };

/** The format of today; one that is changed gets the next number, and the old ones stay readable. */
const FORMAT = 1;

/** Format, kind, whether deflated, and four bytes of checksum over all else. */
const HEAD_BYTES = 7;
/** What is shorter has nothing to gain. */
const MIN_DEFLATED_BYTES = 64;

/** Options of {@linkcode seal}. */
export interface SealOptions {
  /** What the piece holds. */
  readonly kind: PieceKind;
  /** Whether time is spent to make it smaller. */
  readonly deflates: boolean;
}

/** Returns what was written, wrapped. */
export function seal(writer: BitWriter, { kind, deflates }: SealOptions): Uint8Array {
  const plain = writer.finish();
  const packed = deflates && plain.length >= MIN_DEFLATED_BYTES
    ? deflateRawSync(plain, { level: 6 })
    : plain;
  const isSmaller = packed.length < plain.length;
  const body = isSmaller ? packed : plain;
  const piece = new Uint8Array(HEAD_BYTES + body.length);
  piece.set([FORMAT, KIND_CODES[kind], isSmaller ? 1 : 0]);
  piece.set(body, HEAD_BYTES);
  new DataView(piece.buffer).setUint32(3, checksum(piece));
  return piece;
}

/**
 * Returns what `decode` reads from a wrapped piece.
 *
 * @throws {HistoryError} `corrupt` if it is damaged, `newer` if its format is not known.
 */
export function unseal<Content>(
  piece: Uint8Array,
  kind: PieceKind,
  decode: (reader: BitReader) => Content,
): Content {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
  if (piece.length < HEAD_BYTES) throw damaged(kind, "it is too short");
  if (view.getUint32(3) !== checksum(piece)) throw damaged(kind, "its checksum is wrong");
  if (piece[0] !== FORMAT) throw unknownFormat(kind, piece[0]);
  if (piece[1] !== KIND_CODES[kind]) throw damaged(kind, "it is of another kind");
  try {
    const body = piece.subarray(HEAD_BYTES);
    return decode(new BitReader(piece[2] === 1 ? inflateRawSync(body) : body));
  } catch (cause) {
    throw damaged(kind, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The checksum stands between what it is made of. */
function checksum(piece: Uint8Array): number {
  return crc32(piece.subarray(HEAD_BYTES), crc32(piece.subarray(0, 3)));
}

function damaged(kind: PieceKind, reason: string, options?: ErrorOptions): HistoryError {
  const message = `Cannot read ${kind} of the history: ${reason}; restore a backup`;
  return new HistoryError("corrupt", message, options);
}

function unknownFormat(kind: PieceKind, format: number | undefined): HistoryError {
  const message =
    `Cannot read ${kind} of the history: format ${format} is not known; use the newer Vitals`;
  return new HistoryError("newer", message);
}
