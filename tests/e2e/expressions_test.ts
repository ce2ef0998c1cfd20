import { assertEquals } from "@std/assert";

import { evaluate } from "@/lib/domain/expression/evaluate.ts";
import { ObservationWindow } from "@/lib/domain/expression/observation_window.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import { parseExposition } from "@/lib/domain/exposition/parse_exposition.ts";

/** Series as promtool wants them, each with its values at 0 and at 60 s. */
const SERIES: readonly (readonly [series: string, before: number, after: number])[] = [
  ['http_total{code="200",path="/"}', 100, 180],
  ['http_total{code="404",path="/"}', 4, 16],
  ['http_total{code="500",path="/"}', 1, 7],
  ['http_total{code="503",path="/pay"}', 900, 2],
  ['size{path="/"}', 10, 16],
  ['size{path="/pay"}', 5, 4],
  ["lonely", 3, 7],
  ["zero", 0, 0],
  ['b_bucket{le="0.125",path="/"}', 0, 8],
  ['b_bucket{le="0.5",path="/"}', 0, 16],
  ['b_bucket{le="1",path="/"}', 0, 28],
  ['b_bucket{le="+Inf",path="/"}', 0, 32],
  ['b_bucket{le="0.125",path="/pay"}', 0, 8],
  ['b_bucket{le="0.5",path="/pay"}', 0, 8],
  ['b_bucket{le="1",path="/pay"}', 0, 32],
  ['b_bucket{le="+Inf",path="/pay"}', 0, 32],
];

const EXPRESSIONS: readonly string[] = [
  "vector(1 + 2 * 3 - 4 / 2 - -2 * 3)",
  "vector(-(2 - 8 - 4))",
  "lonely",
  "lonely{code=''} * 2",
  "-lonely",
  "10 - lonely / 2",
  "sum(http_total)",
  "sum(http_total{code!='200'})",
  "sum(http_total{code=~'5..'})",
  "sum(http_total{code=~'5'}) or vector(0)",
  "sum(http_total{code!~'5..|404'})",
  "avg(size)",
  "min(http_total)",
  "max(http_total)",
  "count(http_total or size)",
  "count(http_total or http_total{code='200'})",
  "max(sum by (path) (http_total) / size)",
  "count(sum without (code) (http_total))",
  "sum(http_total) by (path, nothing) / missing or sum(lonely)",
  "max(clamp_max(http_total, 50)) + min(clamp_min(http_total, 5))",
  "sum(increase(http_total{path='/'}[1m]))",
  "sum(increase(http_total[1m]))",
  "max(rate(http_total[1m])) * 60",
  "histogram_quantile(0.5, sum by (le) (b_bucket))",
  "histogram_quantile(0.25, sum by (le) (increase(b_bucket[1m])))",
  "histogram_quantile(0.95, sum by (le) (b_bucket))",
  "histogram_quantile(0, sum by (le) (b_bucket))",
  "max(histogram_quantile(0.75, b_bucket))",
  "min(histogram_quantile(0.75, b_bucket))",
];

function page(index: 1 | 2): string {
  return SERIES.map((row) => `${row[0]} ${row[index]}\n`).join("");
}

Deno.test("expressions: promtool computes the same", async () => {
  const known = EXPRESSIONS;
  const values = known.map((text) => {
    const expression = parseExpression(text);
    const window = new ObservationWindow([expression]);
    window.push({ at: 0, observations: parseExposition(page(1), { format: "text" }) });
    window.push({ at: 60_000, observations: parseExposition(page(2), { format: "text" }) });
    return evaluate(expression, window);
  });
  assertEquals(values.filter((value) => value === null), []);
  const said = await testRules({
    tests: [{
      interval: "1m",
      input_series: SERIES.map(([series, one, two]) => ({ series, values: `${one} ${two}` })),
      promql_expr_test: known.map((expr, index) => ({
        ...{ expr, eval_time: "1m" },
        exp_samples: [{ labels: labelsOf(expr), value: values[index] }],
      })),
    }],
  });
  assertEquals(said, "");
});

/** Only what is left as it came has a name. */
function labelsOf(expression: string): string {
  return expression === "lonely" ? "lonely" : "{}";
}

/** Returns what `promtool test rules` has against it; nothing if all is as expected. JSON is YAML as well. */
async function testRules(file: unknown): Promise<string> {
  const path = await Deno.makeTempFile({ suffix: ".yml" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(file));
    const { code, stdout, stderr } = await new Deno.Command("/usr/bin/promtool", {
      args: ["test", "rules", path],
      ...{ stdin: "null", stdout: "piped", stderr: "piped" },
    }).output();
    const text = [stdout, stderr].map((part) => new TextDecoder().decode(part)).join("");
    return code === 0 ? "" : text;
  } finally {
    await Deno.remove(path);
  }
}
