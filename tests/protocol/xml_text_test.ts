import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { escapeXml } from "@/lib/protocol/xml_text.ts";
import { parseXml } from "@/tests/support/xml.ts";

// deno-lint-ignore no-control-regex -- they are no characters of XML
const NONE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

Deno.test("escapeXml() gives back the same text as element and as attribute", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (raw) => {
    const wanted = raw.toWellFormed().replace(NONE, "").replace(/\r\n?/g, "\n");
    const root = parseXml(`<a b="${escapeXml(raw)}">${escapeXml(raw)}</a>`).documentElement;
    assertEquals(root?.textContent, wanted);
    // Attributes have spaces for the ends of lines.
    assertEquals(root?.getAttribute("b"), wanted.replace(/[\t\n]/g, " "));
  }));
});
