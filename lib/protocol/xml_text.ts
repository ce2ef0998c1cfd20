/**
 * Text in XML 1.0.
 *
 * @module
 */

/** What is no character of XML 1.0 (section 2.2): it cannot stand there in any form. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const NO_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Returns a text as it may stand in an element or in a quoted attribute. What XML has no place for is left out.
 *
 * @example
 * ```ts
 * import { escapeXml } from "@/lib/protocol/xml_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeXml('<a "b" & \u0000c>'), "&lt;a &quot;b&quot; &amp; c&gt;");
 * ```
 */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(NO_CHARACTER, "")
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
