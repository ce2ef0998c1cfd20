/**
 * A language that nobody speaks, made of the English words: each is accented and 40 % longer, and each text stands
 * in brackets. What is still English on a page did not come from `texts/`; what does not fit would not fit German.
 *
 * @module
 */

const ACCENTED = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"].map(
  (
    letter,
    index,
  ) => [letter, [..."ÅßÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŤÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñöþɋŕšťûṽŵẋýž"][index] ?? letter],
));

/** How much longer a word becomes. */
const LONGER = 0.4;

/** Returns a text in that language; what is not a word stays as it is. */
export function accent(text: string): string {
  if (!/[A-Za-z]/.test(text)) return text;
  const [, before, inner, after] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? ["", "", text, ""];
  return `${before}⟦${inner?.replace(/[A-Za-z]+/g, accentWord)}⟧${after}`;
}

function accentWord(word: string): string {
  const letters = [...word].map((letter) => ACCENTED.get(letter) ?? letter).join("");
  return letters + "é".repeat(Math.ceil(word.length * LONGER));
}

/** Returns an export of a module of words in that language: a text, a table of texts, or what makes one. */
export function translate(value: unknown): unknown {
  if (typeof value === "string") return accent(value);
  if (typeof value === "function") return (...args: unknown[]) => call(value, args);
  if (Array.isArray(value)) return value.map(translate);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translate(each)]));
}

/** What a text speaks of stays as it is: it is a name, a number, or translated already. */
// deno-lint-ignore ban-types -- whatever a module of words exports
function call(compose: Function, args: readonly unknown[]): unknown {
  const values: string[] = [];
  const composed: unknown = compose(...args.map((arg) => prepare(arg, values)));
  const accentAll = (part: unknown) => typeof part === "string" ? accentAround(part, values) : part;
  return Array.isArray(composed) ? composed.map(accentAll) : accentAll(composed);
}

/** Notes the texts in an argument; what makes an element of a text gets that translated. */
function prepare(arg: unknown, values: string[]): unknown {
  if (typeof arg === "string") values.push(arg);
  if (typeof arg === "function") {
    return (text: string) => {
      const part: unknown = arg(accent(text));
      if (typeof part === "string") values.push(part);
      return part;
    };
  }
  if (Array.isArray(arg)) return arg.map((each) => prepare(each, values));
  const isPlain = typeof arg === "object" && arg !== null &&
    Object.getPrototypeOf(arg) === Object.prototype && !("props" in arg);
  if (!isPlain) return arg;
  return Object.fromEntries(
    Object.entries(arg).map(([key, each]) => [key, prepare(each, values)]),
  );
}

function accentAround(text: string, values: readonly string[]): string {
  const kept = values.filter((value) => value !== "").sort((a, b) => b.length - a.length);
  if (kept.length === 0) return accent(text);
  const pattern = new RegExp(`(${kept.map((value) => RegExp.escape(value)).join("|")})`);
  return text.split(pattern).map((part, index) => index % 2 === 1 ? part : accent(part)).join("");
}
