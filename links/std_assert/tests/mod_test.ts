import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertIsError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertNotInstanceOf,
  assertNotMatch,
  assertNotStrictEquals,
  assertObjectMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
  fail,
  unimplemented,
  unreachable,
} from "@std/assert";

/** Hides from the type checker what a value is, as data from outside would. */
function outside(value: unknown): unknown {
  return value;
}

Deno.test("assert() narrows the type by its condition", () => {
  const value = outside("text");
  assert(typeof value === "string");
  assertEquals(value.length, 4);
  assertThrows(() => assert(false, "told"), AssertionError, "told");
});

Deno.test("assertExists() removes null and undefined from the type", () => {
  const value = ["a"].at(0);
  assertExists(value);
  assertEquals(value.toUpperCase(), "A");
});

Deno.test("assertInstanceOf() and assertIsError() narrow to the class", () => {
  const error = outside(new RangeError("too far", { cause: 1 }));
  assertInstanceOf(error, RangeError);
  assertEquals(error.message, "too far");
  assertIsError(error, Error, /far$/);
  assertNotInstanceOf(error, TypeError);
});

Deno.test("assertStrictEquals() narrows to the expected type", () => {
  const value = outside("on");
  assertStrictEquals(value, "on" as const);
  const narrowed: "on" = value;
  assertNotStrictEquals<unknown>({ narrowed }, { narrowed });
});

Deno.test("assertEquals() wants both values to be of one type", () => {
  assertEquals({ a: [1, NaN] }, { a: [1, NaN] });
  assertNotEquals({ a: 1 }, { a: 2 });
  // @ts-expect-error a number is not a string
  assertThrows(() => assertEquals<string>("1", 1), AssertionError);
});

Deno.test("assertThrows() returns what was thrown", () => {
  const reason: unknown = assertThrows(() => fail());
  assertInstanceOf(reason, AssertionError);
  const error: SyntaxError = assertThrows(
    () => {
      throw new SyntaxError("Cannot read");
    },
    SyntaxError,
    "Cannot",
  );
  assertStringIncludes(error.message, "read");
});

Deno.test("assertRejects() returns the reason", async () => {
  const error = await assertRejects(
    () => Promise.reject(new TypeError("no")),
    TypeError,
    "no",
  );
  assertEquals(error.name, "TypeError");
  await assertRejects(
    () => assertRejects(() => Promise.resolve()),
    AssertionError,
  );
});

Deno.test("the comparing assertions pass and fail as their names say", () => {
  assertFalse(0);
  assertAlmostEquals(0.1 + 0.2, 0.3);
  assertArrayIncludes([{ a: 1 }, { a: 2 }], [{ a: 2 }]);
  assertGreater(2, 1);
  assertGreaterOrEqual(2, 2);
  assertLess(1, 2);
  assertLessOrEqual("a", "a");
  assertMatch("abc", /b/);
  assertNotMatch("abc", /x/);
  assertObjectMatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } });
  assertThrows(() => assertLess(2, 1), AssertionError);
  assert(equal(new Set([1]), new Set([1])));
});

Deno.test("fail(), unreachable() and unimplemented() always throw", () => {
  assertThrows(() => fail("why"), AssertionError, "why");
  assertThrows(() => unreachable(), AssertionError);
  assertThrows(() => unimplemented(), AssertionError);
});
