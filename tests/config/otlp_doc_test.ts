import { assert, assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import { type Expression, partsOf } from "@/lib/domain/expression/expression.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import { SEMCONV } from "@/lib/domain/otlp/semconv_preset.ts";

async function readPart(): Promise<string> {
  const text = await Deno.readTextFile(new URL("../../docs/sources.md", import.meta.url));
  const [, part = ""] = /^## otlp: [^\n]*\n([^]*?)^## /m.exec(text) ?? [];
  return part;
}

function namesIn(expression: Expression): readonly string[] {
  return expression.kind === "selector"
    ? [expression.name.replace(/_(?:bucket|count)$/, "")]
    : partsOf(expression).flatMap(namesIn);
}

Deno.test("sources.md shows an otlp service that parseConfig() takes", async () => {
  const blocks = [...(await readPart()).matchAll(/^```jsonc\n([^]*?)^```$/gm)];
  assertEquals(blocks.length, 1);
  const { services, sources } = parseConfig(blocks[0]?.[1] ?? "");
  const [source] = services.map((service) => service.source);
  assert(source?.kind === "otlp");
  assertEquals([source.silenceMs, sources.otlp.silenceMs], [25_000, 150_000]);
  assertEquals(source.metrics.at(-1)?.metric, "queueLength");
});

Deno.test("sources.md names all that the preset looks at, in its order", async () => {
  const part = await readPart();
  const rows = part.slice(part.indexOf("| metric"));
  for (const [metric, text] of SEMCONV) {
    const row = rows.slice(rows.indexOf(`| \`${metric}\``));
    const names = [...new Set(namesIn(parseExpression(text)))];
    const places = names.map((name) => row.indexOf(`\`${name}\``));
    assert(places.every((place) => place >= 0), `${metric}: ${names}`);
    assertEquals(places, places.toSorted((one, other) => one - other), `${metric}: ${names}`);
  }
});

Deno.test("sources.md shows the preset as expressions", async () => {
  const [, block = ""] = /^```promql\n([^]*?)^```$/m.exec(await readPart()) ?? [];
  const shown = [...block.matchAll(/^(\w+) =\n((?: .*\n)+)/gm)].map(
    ([, metric = "", text = ""]) => {
      return [metric, parseExpression(text)];
    },
  );
  assertEquals(shown, SEMCONV.map(([metric, text]) => [metric, parseExpression(text)]));
});
