import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { BADGE_COLORS, type BadgeTone, formatBadge } from "@/lib/protocol/badge_svg.ts";
import { parseXml, textsOf } from "@/tests/support/xml.ts";

/** The relative luminance of a colour (WCAG 2.2). */
function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

Deno.test("BADGE_COLORS have enough contrast to white", () => {
  for (const [tone, color] of Object.entries(BADGE_COLORS)) {
    const contrast = 1.05 / (luminance(color) + 0.05);
    assert(contrast >= 4.5, `${tone}: ${contrast}`);
  }
});

Deno.test("formatBadge() says in words what it shows", () => {
  const svg = parseXml(formatBadge({ label: "Sign-in", value: "degraded", tone: "warn" }));
  const root = svg.documentElement;
  assertEquals(root?.namespaceURI, "http://www.w3.org/2000/svg");
  assertEquals([root?.getAttribute("role"), root?.getAttribute("aria-label")], [
    "img",
    "Sign-in: degraded",
  ]);
  assertEquals(textsOf(svg, "title"), ["Sign-in: degraded"]);
  assertEquals(textsOf(svg, "text"), ["Sign-in", "degraded"]);
  assertEquals(root?.getElementsByTagName("rect")[0]?.getAttribute("fill"), BADGE_COLORS.warn);
});

Deno.test("formatBadge() has no left part without a label", () => {
  const svg = parseXml(formatBadge({ label: "", value: "down", tone: "crit" }));
  assertEquals([textsOf(svg, "text"), textsOf(svg, "title")], [["down"], ["down"]]);
  assertEquals(svg.getElementsByTagName("path").length, 0);
});

Deno.test("formatBadge() cuts what is too long", () => {
  const [label] = textsOf(
    parseXml(formatBadge({ label: "x".repeat(500), value: "a", tone: "ok" })),
    "text",
  );
  assertEquals(label, `${"x".repeat(63)}…`);
});

Deno.test("formatBadge() is well-formed, loads and runs nothing, and its texts fit", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("<script>alert(1)</script>", '" onload="x', "]]>", "\ud800", "日本語"),
  );
  const tone = fc.constantFrom<BadgeTone>("ok", "warn", "crit", "calm", "idle");
  fc.assert(fc.property(text, text, tone, (label, value, each) => {
    const svg = parseXml(formatBadge({ label, value, tone: each }));
    const elements = [...svg.getElementsByTagName("*")];
    const allowed = ["svg", "title", "rect", "path", "g", "text"];
    assertEquals(elements.filter(({ tagName }) => !allowed.includes(tagName)).length, 0);
    const names = elements.flatMap(({ attributes }) =>
      [...attributes].map((attribute) => attribute.name)
    );
    assertEquals(names.filter((name) => /^on|href|style|src/.test(name)), []);
    const width = Number(svg.documentElement?.getAttribute("width"));
    for (const drawn of [...svg.getElementsByTagName("text")]) {
      const end = Number(drawn.getAttribute("x")) + Number(drawn.getAttribute("textLength") ?? 0);
      assert(end <= width - 6, `${end} of ${width}`);
    }
  }));
});
