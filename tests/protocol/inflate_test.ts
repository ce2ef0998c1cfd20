import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";

import { inflate } from "@/lib/protocol/inflate.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";

type Compression = "gzip" | "deflate";

async function pack(bytes: Uint8Array, compression: Compression): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(bytes)]).stream()
    .pipeThrough(new CompressionStream(compression));
  return await new Response(packed).bytes();
}

Deno.test("inflate() is the inverse of compressing", async () => {
  const compression = fc.constantFrom<Compression>("gzip", "deflate");
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), compression, async (bytes, compression) => {
      const packed = await pack(bytes, compression);
      const unpacked = await inflate(packed, { compression, maxBytes: bytes.length });
      assertEquals([...unpacked], [...bytes]);
    }),
    { numRuns: 30 },
  );
});

Deno.test("inflate() stops at the bound, however much would come", async () => {
  const packed = await pack(new Uint8Array(20_000_000), "gzip");
  const error = await assertRejects(
    () => inflate(packed, { compression: "gzip", maxBytes: 10_000 }),
    ProblemError,
    "more than 10000 bytes",
  );
  assertEquals(error.problem.status, 413);
});

Deno.test("inflate() refuses any other bytes", async () => {
  const good = await pack(new TextEncoder().encode("hello, hello, hello"), "gzip");
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.nat(good.length - 1).map((length) => good.slice(0, length)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (packed) => {
      const error = await assertRejects(
        () => inflate(packed, { compression: "gzip", maxBytes: 1_000 }),
        ProblemError,
      );
      assertEquals(error.problem.status, 400);
    }),
    { numRuns: 60 },
  );
});
