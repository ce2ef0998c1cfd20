import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { Deck } from "@/components/slides/Deck.tsx";
import { DownSlide } from "@/components/slides/DownSlide.tsx";
import { DOWN_EXCERPT } from "@/components/slides/excerpt.ts";
import { SLIDES } from "@/components/slides/script.ts";
import { TRAVEL } from "@/components/slides/TravelSlide.tsx";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";

const PROJECT = new URL("../../../", import.meta.url);

Deno.test("DOWN_EXCERPT is what stands in the source", async () => {
  const source = await Deno.readTextFile(new URL(DOWN_EXCERPT.path, PROJECT));
  assertStringIncludes(source, `\n${DOWN_EXCERPT.code}\n`);
});

Deno.test("DownSlide shows that source word for word", () => {
  const code = /<pre>(.*)<\/pre>/s.exec(renderToString(<DownSlide />))?.[1] ?? "";
  assertEquals(textOf(code).trimEnd(), DOWN_EXCERPT.code);
});

Deno.test("DownSlide tells the limit that is in force", () => {
  const rule = DEFAULT_RULES.find(({ kind }) => kind === "missingHeartbeat");
  assert(rule?.kind === "missingHeartbeat");
  const text = textOf(renderToString(<DownSlide />));
  assertStringIncludes(text, `last sign + ${rule.limitMs / 1_000} s`);
  assertStringIncludes(text, `${rule.limitMs / 1_000} s of silence`);
  assertStringIncludes(text, rule.name);
  assertEquals(rule.severity, "critical");
});

Deno.test("TRAVEL has the steps of docs/ARCHITECTURE.md, in order", async () => {
  const text = await Deno.readTextFile(new URL("docs/ARCHITECTURE.md", PROJECT));
  const life = /## A sample's life\n(.*?)\n## /s.exec(text)?.[1] ?? "";
  const steps = [...life.matchAll(/^\d+\. \*\*(?:An?|The) (\w+)\.\*\*/gm)].map(([, name]) => name);
  const names = TRAVEL.map(([, name]) => name.toLowerCase());
  assertEquals(names, steps);
});

Deno.test("Deck has each slide once, under its number and title", () => {
  const html = renderToString(<Deck isStill />);
  for (const { number, title } of SLIDES) {
    assertEquals(html.split(`data-slide="${number}"`).length, 2);
    assertStringIncludes(textOf(html), title);
  }
});

Deno.test("Deck loads nothing from elsewhere and styles nothing by attribute", () => {
  const html = renderToString(<Deck isStill={false} />);
  assertEquals(html.match(/https?:\/\/|style=/g), null);
});

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"').replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}
