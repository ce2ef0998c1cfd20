/**
 * Types of the async helpers that `npm:deno-std` ships without any.
 *
 * @module
 */

/**
 * Makes a promise give up when a signal aborts. The work behind the promise goes on.
 *
 * @returns A promise that settles like `p`, or rejects with the signal's reason if that is first.
 */
export function abortable<T>(p: Promise<T>, signal: AbortSignal): Promise<T>;

/**
 * Makes an async iteration end with an error when a signal aborts.
 *
 * @returns A generator that throws the signal's reason once it aborts.
 */
export function abortable<T>(
  p: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T>;

/** Options for {@linkcode deadline}. */
export interface DeadlineOptions {
  /** Gives up earlier, with this signal's reason. */
  signal?: AbortSignal;
}

/**
 * Waits for a promise, but not longer than `ms` milliseconds.
 *
 * @returns A promise that rejects with a `TimeoutError` (a `DOMException`) when time is up.
 */
export function deadline<T>(
  p: Promise<T>,
  ms: number,
  options?: DeadlineOptions,
): Promise<T>;

/** Options for {@linkcode debounce}. */
export interface DebounceOptions {
  /** Drops a pending call when it aborts. */
  signal?: AbortSignal;
}

/** A function whose calls wait for a pause, as {@linkcode debounce} makes it. */
export interface DebouncedFunction<T extends Array<unknown>> {
  /** Replaces the pending call and starts the wait again. */
  (...args: T): void;
  /** Drops the pending call. */
  clear(): void;
  /** Makes the pending call now. */
  flush(): void;
  /** Whether a call is pending. */
  readonly pending: boolean;
}

/**
 * Delays calls until `wait` milliseconds have passed without another; only the last is made.
 *
 * @throws {RangeError} If `wait` is negative or not an integer.
 */
export function debounce<T extends Array<unknown>>(
  fn: (this: DebouncedFunction<T>, ...args: T) => void,
  wait: number,
  options?: DebounceOptions,
): DebouncedFunction<T>;

/** Options for {@linkcode delay}. */
export interface DelayOptions {
  /** Ends the wait by rejecting with this signal's reason. */
  signal?: AbortSignal;
  /**
   * Whether the wait keeps the process alive.
   *
   * @default {true}
   */
  persistent?: boolean;
}

/** Resolves after `ms` milliseconds, which may exceed the 24 days that a plain timer can wait. */
export function delay(ms: number, options?: DelayOptions): Promise<void>;

/** Merges several async iterables into one, in the order their values arrive. */
export class MuxAsyncIterator<T> implements AsyncIterable<T> {
  /** Adds a source; this is possible while iterating, too. */
  add(iterable: AsyncIterable<T>): void;
  /** Yields values of all sources until the last of them ends. */
  iterate(): AsyncIterableIterator<T>;
  /** The same as {@linkcode MuxAsyncIterator.iterate}. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
}

/**
 * Maps values with at most `poolLimit` calls running at a time; results come in input order.
 *
 * @returns An iterator that, after the running calls have ended, throws an `AggregateError` if any failed.
 * @throws {RangeError} If `poolLimit` is not a positive integer.
 */
export function pooledMap<T, R>(
  poolLimit: number,
  array: Iterable<T> | AsyncIterable<T>,
  iteratorFn: (data: T) => Promise<R>,
): AsyncIterableIterator<R>;

/** Options for {@linkcode retry}; times are in milliseconds. */
export interface RetryOptions {
  /**
   * How much longer each wait is than the one before.
   *
   * @default {2}
   */
  multiplier?: number;
  /**
   * The longest wait.
   *
   * @default {60000}
   */
  maxTimeout?: number;
  /**
   * How many calls are made in all.
   *
   * @default {5}
   */
  maxAttempts?: number;
  /**
   * The wait after the first failure.
   *
   * @default {1000}
   */
  minTimeout?: number;
  /**
   * The part of each wait that is random, from 0 to 1.
   *
   * @default {1}
   */
  jitter?: number;
  /**
   * Whether to go on after this error; if not, it is thrown as it is.
   *
   * @default {() => true}
   */
  isRetriable?: (err: unknown) => boolean;
  /** Stops trying, with this signal's reason. */
  signal?: AbortSignal;
}

/** Says that {@linkcode retry} has used up its attempts; `cause` is the last failure. */
export class RetryError extends Error {
  /**
   * Creates the error; done by {@linkcode retry}.
   *
   * @param cause The last failure.
   * @param attempts How many calls were made.
   */
  constructor(cause: unknown, attempts: number);
}

/**
 * Calls a function until it succeeds, with growing random waits in between.
 *
 * @throws {RetryError} If every attempt fails.
 * @throws {RangeError} If an option is out of range.
 */
export function retry<T>(
  fn: (() => Promise<T>) | (() => T),
  options?: RetryOptions,
): Promise<T>;

/** A tuple of `N` times `T`, or an array when `N` is not a literal. */
export type Tuple<T, N extends number> = N extends N
  ? number extends N ? T[] : TupleOf<T, N, readonly []>
  : never;

/** Builds {@linkcode Tuple} one element at a time. */
export type TupleOf<T, N extends number, R extends readonly unknown[]> = R["length"] extends N ? R
  : TupleOf<T, N, readonly [T, ...R]>;

/** Splits an async iterable into `n` (by default two) that each yield all its values. */
export function tee<T, N extends number = 2>(
  iterable: AsyncIterable<T>,
  n?: N,
): Tuple<AsyncIterable<T>, N>;
