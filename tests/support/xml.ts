/**
 * XML for tests: a document, or an error.
 *
 * @module
 */

import { type Document, DOMParser } from "@xmldom/xmldom";

/** Parses a text that must be well-formed XML. */
export function parseXml(text: string): Document {
  const parser = new DOMParser({
    onError: (level, message) => {
      // What was no text is shown by that character, on purpose.
      if (level === "warning" && message.includes("replacement character")) return;
      throw new Error(`${level}: ${message} in ${text}`);
    },
  });
  return parser.parseFromString(text, "text/xml");
}

/** Returns the texts of all elements of a name, in order. */
export function textsOf(document: Document, name: string): string[] {
  return [...document.getElementsByTagName(name)].map((element) => element.textContent ?? "");
}
