/**
 * Bits into bytes, the highest first.
 *
 * @module
 */

const ENCODER = new TextEncoder();

/** Takes numbers as bits and grows as it needs. */
export class BitWriter {
  #bytes = new Uint8Array(256);
  #length = 0;
  /** Bits that do not fill a byte yet, and how many they are. */
  #pending = 0;
  #pendingCount = 0;

  /** Writes the lowest `count` bits of a whole number of 0 or more; 53 at most. */
  bits(value: number, count: number): void {
    if (count > 24) {
      this.bits(Math.floor(value / 0x1000000), count - 24);
      this.bits(value % 0x1000000, 24);
      return;
    }
    this.#pending = (this.#pending << count) | value;
    this.#pendingCount += count;
    while (this.#pendingCount >= 8) {
      this.#pendingCount -= 8;
      this.#push(this.#pending >>> this.#pendingCount);
      this.#pending &= (1 << this.#pendingCount) - 1;
    }
  }

  /** Writes a whole number of 0 or more, seven bits at a time: small ones take a byte. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bits(128 + rest % 128, 8);
    this.bits(rest, 8);
  }

  /** Writes a text with its length. */
  text(text: string): void {
    const bytes = ENCODER.encode(text);
    this.varint(bytes.length);
    for (const byte of bytes) this.bits(byte, 8);
  }

  /** Writes bytes; the next bits begin a byte. */
  bytes(bytes: Uint8Array): void {
    this.align();
    while (this.#length + bytes.length > this.#bytes.length) this.#grow();
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Fills the byte that was begun with zeros. */
  align(): void {
    if (this.#pendingCount > 0) this.bits(0, 8 - this.#pendingCount);
  }

  /** Returns all that was written. */
  finish(): Uint8Array<ArrayBuffer> {
    this.align();
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length++] = byte;
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
