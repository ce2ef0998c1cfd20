import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import { PRESET_EXPRESSIONS, PRESETS } from "@/lib/config/sources/scrape_presets.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";

import { issuesOf } from "./issues_of.ts";

async function readDocument(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../../docs/${name}`, import.meta.url));
}

/** The part of sources.md that is about scraping. */
async function readSection(): Promise<string> {
  const [, section = ""] =
    /^## scrape:[^\n]*\n([^]*?)^## /m.exec(await readDocument("sources.md")) ?? [];
  return section;
}

function blocksOf(text: string, kind: string): readonly string[] {
  return [...text.matchAll(/^```(\S+)\n([^]*?)\n?^```$/gm)].flatMap(([, is, block = ""]) =>
    is === kind ? [block] : []
  );
}

Deno.test("sources.md sets up a host and a program, with files that parseConfig() takes", async () => {
  const files = blocksOf(await readSection(), "jsonc");
  const sources = files.flatMap((text) =>
    parseConfig(text, { env: () => "secret" }).services.map(({ source }) => source)
  );
  assertEquals(
    sources.map((source) =>
      source.kind === "scrape" && source.metrics.map(({ metric }) => metric.id).join(" ")
    ),
    ["cpu memory", "cpu queue latency errorRate"],
  );
});

Deno.test("sources.md names every preset and its metrics", async () => {
  const section = await readSection();
  for (const preset of PRESETS) {
    const [, part = ""] = section.split(`\`${preset}\`:`);
    for (const id of Object.keys(PRESET_EXPRESSIONS[preset])) {
      assertStringIncludes(part, `| \`${id}\` `);
    }
  }
});

Deno.test("expressions.md shows expressions that parseExpression() takes", async () => {
  const document = await readDocument("expressions.md");
  const [examples = "", error = ""] = blocksOf(document, "text");
  const lines = examples.split("\n");
  assertEquals(lines.length, 4);
  for (const line of lines) parseExpression(line);

  const source = { kind: "scrape", url: "http://db.example.com/", metrics: { cpu: "summ(x)" } };
  const [issue = ""] = issuesOf({ services: [{ name: "db", source }] });
  assertEquals(error.replace(" (line 5)", ""), issue);

  const rows = [...document.matchAll(/^\| (?!what|---)[^|]+ \| (.+) \|$/gm)];
  const codes = rows.flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)]);
  const written = codes.map(([, code = ""]) => code).filter((code) => /^[a-z{]/.test(code));
  assert(written.length > 15);
  for (const code of written) if (code !== "le") parseExpression(code.replace("{…}", ""));
});
