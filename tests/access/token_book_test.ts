import { assert, assertEquals } from "@std/assert";
import { type KnownToken, TokenBook } from "@/lib/access/token_book.ts";
import { digestOf } from "@/lib/access/token_book.ts";

function tokenOf(name: string): KnownToken {
  return { name, key: digestOf(name), scopes: ["read"] };
}

Deno.test("digestOf() is the SHA-256 of FIPS 180-2", () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assertEquals(digestOf("abc"), abc);
});

Deno.test("TokenBook finds each token by its key, and nothing else", () => {
  const tokens = ["one", "two", "three"].map(tokenOf);
  const book = new TokenBook(tokens);
  for (const token of tokens) assertEquals(book.find(token.key), token);
  assertEquals(book.find(digestOf("four")), null);
  assertEquals([book.isEmpty, new TokenBook([]).isEmpty], [false, true]);
});

Deno.test("TokenBook.find() compares with every token, all bytes of it: no early exit is in its source", async () => {
  const source = await Deno.readTextFile("lib/access/token_book.ts");
  const [, body = ""] = /\n {2}find\([^{]*\{\n([^]*?)\n {2}\}/.exec(source) ?? [];
  assert(body.includes("timingSafeEqual("));
  assert(!/\b(?:break|includes|indexOf|some|===)\b|\.find\(/.test(body), body);
  assertEquals(body.match(/\breturn\b/g)?.length, 1);
  assert(/\n {4}return found;$/.test(body), body);
});
