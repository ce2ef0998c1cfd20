import { assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { createLineLog } from "@/agent/line_log.ts";
import { createConsoleLog } from "@/lib/ports/console_log.ts";
import { formatLogValue } from "@/lib/ports/log_text.ts";

/** Printable, on one line, in the order in which it is written. */
const PLAIN = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]*$/u;

/** Each could end a line, move the cursor, or turn the order of what is read. */
const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ["an end of line", 'a\r\n{"level":"error","event":"forged"}'],
  ["an end of line of Unicode", "a\u2028b\u2029c\u0085d"],
  ["a sequence of the terminal", "\u001b[2J\u001b]0;title\u0007"],
  ["a sequence of the terminal, in one byte", "\u009b2J\u009d0;title\u009c\u007f"],
  ["another direction", "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c"],
  ["half of a character", "\ud800"],
  ["quotes", `"\\"`],
];

const TEXT = fc.string({
  unit: fc.constantFrom(...HOSTILE.flatMap(([, text]) => [...text])),
  minLength: 5,
});

for (const [name, text] of HOSTILE) {
  Deno.test(`formatLogValue() keeps ${name} from doing anything`, () => {
    const written = formatLogValue({ text, [text]: 1 });
    assertMatch(written, PLAIN);
    assertEquals(JSON.parse(written), { text, [text]: 1 });
  });
}

Deno.test("formatLogValue() leaves the letters of all languages as they are", () => {
  const text = "Überlast in Köln, 東京 and مكة 🚑";
  assertEquals(formatLogValue(text), `"${text}"`);
});

Deno.test("formatLogValue() says what JSON has no word for", () => {
  assertEquals(formatLogValue(undefined), "null");
});

Deno.test("createConsoleLog() and createLineLog() write one plain line for any event", () => {
  fc.assert(fc.property(TEXT, fc.jsonValue(), (text, value) => {
    const lines: string[] = [];
    const log = createConsoleLog({ clock: { now: () => 0 }, write: (line) => lines.push(line) });
    log.warn("event", { text, value });
    assertEquals(lines.length, 1);
    assertMatch(lines[0] ?? "", PLAIN);
    const { text: written } = JSON.parse(lines[0] ?? "");
    assertEquals(written, text);
    const plain: string[] = [];
    const agent = createLineLog({ clock: { now: () => 0 }, write: (line) => plain.push(line) });
    agent.warn("event", { text, value });
    assertEquals(plain.length, 1);
    assertMatch(plain[0]?.slice(0, -1) ?? "", PLAIN);
  }));
});

Deno.test("createConsoleLog() lets no field say when it was, how bad, or what", () => {
  const lines: string[] = [];
  const log = createConsoleLog({ clock: { now: () => 0 }, write: (line) => lines.push(line) });
  log.info("event", { at: "later", level: "error", event: "forged", more: 1 });
  assertEquals(JSON.parse(lines[0] ?? ""), {
    ...{ at: "1970-01-01T00:00:00.000Z", level: "info", event: "event", more: 1 },
  });
});
