/**
 * Types of the assertions that `npm:deno-std` ships without any.
 *
 * @module
 */

/** Any class, abstract or not, whatever its constructor takes. */
export type AnyConstructor = abstract new (...args: never[]) => unknown;

/** The instance type of a class. */
export type GetConstructorType<T extends AnyConstructor> = T extends
  abstract new (...args: never[]) => infer Instance ? Instance : never;

/** Values that a condition treats as false, as far as types can tell. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** An array or something indexed like one, but not a string. */
export type ArrayLikeArg<T> = ArrayLike<T> & object;

/** What every failed assertion throws. */
export class AssertionError extends Error {
  /**
   * Creates an error that no caller but an assertion should need.
   *
   * @param message What was expected and what was found.
   * @param options The cause, if there is one.
   */
  constructor(message: string, options?: ErrorOptions);
}

/**
 * Asserts that a condition is truthy, and narrows types by it.
 *
 * @throws {AssertionError} If `expr` is falsy.
 */
export function assert(expr: unknown, msg?: string): asserts expr;

/**
 * Asserts that a condition is falsy.
 *
 * @throws {AssertionError} If `expr` is truthy.
 */
export function assertFalse(expr: unknown, msg?: string): asserts expr is Falsy;

/**
 * Asserts that two numbers differ by no more than `tolerance`.
 *
 * @param tolerance Largest allowed difference; by default a ten-millionth of `expected`.
 * @throws {AssertionError} If they differ by more.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void;

/**
 * Asserts that every element of `expected` deeply equals some element of `actual`.
 *
 * @throws {AssertionError} If an element is missing.
 */
export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<T>,
  msg?: string,
): void;

/**
 * Asserts that two values are deeply equal; the error shows their difference.
 *
 * @throws {AssertionError} If they differ.
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void;

/**
 * Asserts that two values are not deeply equal.
 *
 * @throws {AssertionError} If they are.
 */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void;

/**
 * Asserts that two values are the same by `Object.is`.
 *
 * @throws {AssertionError} If they are not.
 */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T;

/**
 * Asserts that two values are not the same by `Object.is`.
 *
 * @throws {AssertionError} If they are.
 */
export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;

/**
 * Asserts that a value is neither `null` nor `undefined`.
 *
 * @throws {AssertionError} If it is.
 */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T>;

/**
 * Asserts `actual > expected`.
 *
 * @throws {AssertionError} If it is not greater.
 */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void;

/**
 * Asserts `actual >= expected`.
 *
 * @throws {AssertionError} If it is less.
 */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;

/**
 * Asserts `actual < expected`.
 *
 * @throws {AssertionError} If it is not less.
 */
export function assertLess<T>(actual: T, expected: T, msg?: string): void;

/**
 * Asserts `actual <= expected`.
 *
 * @throws {AssertionError} If it is greater.
 */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;

/**
 * Asserts that a value is an instance of a class.
 *
 * @throws {AssertionError} If it is not.
 */
export function assertInstanceOf<T extends AnyConstructor>(
  actual: unknown,
  expectedType: T,
  msg?: string,
): asserts actual is GetConstructorType<T>;

/**
 * Asserts that a value is not an instance of a class.
 *
 * @throws {AssertionError} If it is.
 */
export function assertNotInstanceOf<A, T>(
  actual: A,
  unexpectedType: abstract new (...args: never[]) => T,
  msg?: string,
): asserts actual is Exclude<A, T>;

/**
 * Asserts that a value is an error, if asked also of which class and with which message.
 *
 * @param msgMatches Text the message has to contain, or a pattern it has to match.
 * @throws {AssertionError} If any of this does not hold.
 */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: abstract new (...args: never[]) => E,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E;

/**
 * Asserts that a string matches a pattern.
 *
 * @throws {AssertionError} If it does not.
 */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void;

/**
 * Asserts that a string does not match a pattern.
 *
 * @throws {AssertionError} If it does.
 */
export function assertNotMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void;

/**
 * Asserts that `expected` is contained in `actual`: every property named by it is there and deeply
 * equal, others are not looked at.
 *
 * @throws {AssertionError} If a property is missing or differs.
 */
export function assertObjectMatch(
  actual: object,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void;

/**
 * Asserts that a string contains another.
 *
 * @throws {AssertionError} If it does not.
 */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void;

/**
 * Asserts that a function throws.
 *
 * @returns What was thrown.
 * @throws {AssertionError} If nothing is thrown.
 */
export function assertThrows(fn: () => unknown, msg?: string): unknown;

/**
 * Asserts that a function throws an error of a class, with `msgIncludes` in its message.
 *
 * @returns The error.
 * @throws {AssertionError} If nothing or something else is thrown.
 */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: abstract new (...args: never[]) => E,
  msgIncludes?: string,
  msg?: string,
): E;

/**
 * Asserts that a function returns a promise that rejects.
 *
 * @returns The reason.
 * @throws {AssertionError} If it resolves, or if the function throws instead of rejecting.
 */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;

/**
 * Asserts that a function returns a promise that rejects with an error of a class, with
 * `msgIncludes` in its message.
 *
 * @returns The error.
 * @throws {AssertionError} If it resolves, rejects with something else, or throws at once.
 */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: abstract new (...args: never[]) => E,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;

/** Tells whether two values are deeply equal, as {@linkcode assertEquals} sees it. */
export function equal(a: unknown, b: unknown): boolean;

/**
 * Fails the test at once.
 *
 * @throws {AssertionError} Always.
 */
export function fail(msg?: string): never;

/**
 * Marks code that is still to be written.
 *
 * @throws {AssertionError} Always.
 */
export function unimplemented(msg?: string): never;

/**
 * Marks code that no run may reach.
 *
 * @throws {AssertionError} Always.
 */
export function unreachable(msg?: string): never;
