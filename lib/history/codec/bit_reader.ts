/**
 * Bytes into bits, the other end of `bit_writer.ts`.
 *
 * @module
 */

const DECODER = new TextDecoder("utf-8", { fatal: true });

/** Reads numbers from bits. Every method throws a `RangeError` where the bytes end too early. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #pending = 0;
  #pendingCount = 0;

  /** Begins at the first bit. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Reads a whole number of so many bits; 53 at most. */
  bits(count: number): number {
    if (count > 24) return this.bits(count - 24) * 0x1000000 + this.bits(24);
    while (this.#pendingCount < count) {
      this.#pending = (this.#pending << 8) | this.#next();
      this.#pendingCount += 8;
    }
    this.#pendingCount -= count;
    const value = this.#pending >>> this.#pendingCount;
    this.#pending &= (1 << this.#pendingCount) - 1;
    return value;
  }

  /** Reads what `BitWriter.varint` wrote. */
  varint(): number {
    let [value, factor] = [0, 1];
    for (let byte = this.bits(8);; byte = this.bits(8), factor *= 128) {
      value += (byte % 128) * factor;
      if (byte < 128) return value;
      if (factor > 2 ** 49) throw new RangeError("a number is too long");
    }
  }

  /** Reads what `BitWriter.text` wrote. */
  text(): string {
    const length = this.varint();
    if (length > this.#bytes.length) throw new RangeError("a text is too long");
    return DECODER.decode(Uint8Array.from({ length }, () => this.bits(8)));
  }

  /** Reads bytes that begin a byte. */
  bytes(length: number): Uint8Array {
    this.align();
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new RangeError("it ends too early");
    const found = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return found;
  }

  /** Skips the rest of the byte that was begun. */
  align(): void {
    this.#pendingCount = 0;
    this.#pending = 0;
  }

  /** Returns how many of the next bits are ones, at most `most`; the zero behind fewer than that is read as well. */
  ones(most: number): number {
    let count = 0;
    while (count < most) {
      if (this.#pendingCount === 0) {
        this.#pending = this.#next();
        this.#pendingCount = 8;
      }
      // The bits that wait, at the top of 32 and turned over: zeros in front are ones that wait.
      const found = Math.clz32(~(this.#pending << (32 - this.#pendingCount)));
      const taken = Math.min(found, this.#pendingCount, most - count);
      count += taken;
      this.#pendingCount -= taken;
      if (count < most && this.#pendingCount > 0) {
        this.#pendingCount--;
        this.#pending &= (1 << this.#pendingCount) - 1;
        return count;
      }
      this.#pending &= (1 << this.#pendingCount) - 1;
    }
    return count;
  }

  #next(): number {
    const byte = this.#bytes[this.#position++];
    if (byte === undefined) throw new RangeError("it ends too early");
    return byte;
  }
}
