import { assertEquals } from "@std/assert";

import { formatExpression } from "@/lib/domain/expression/format_expression.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { reachableHosts } from "@/lib/config/reachable_hosts.ts";
import type { ScrapeConfig } from "@/lib/ports/source_config.ts";

import { issuesOf } from "../issues_of.ts";

const URL = "http://db.example.com:9100/metrics";

const ENV: Readonly<Record<string, string>> = { PASSWORD: "pä ss/word", TOKEN: "abc", BAD: "a\nb" };

function fileOf(source: Readonly<Record<string, unknown>>): string {
  const service = { name: "db", source: { kind: "scrape", url: URL, ...source } };
  return JSON.stringify({ services: [service] });
}

function resolve(source: Readonly<Record<string, unknown>>): ScrapeConfig {
  const [service] = parseConfig(fileOf(source), { env: (name) => ENV[name] }).services;
  if (service?.source.kind !== "scrape") throw new Error("not a scrape");
  return service.source;
}

Deno.test("resolveScrape() fills in what is left out", () => {
  const { url, ...rest } = resolve({});
  assertEquals(url.reveal(), URL);
  assertEquals(rest, {
    ...{ kind: "scrape", headers: {}, preset: null, metrics: [] },
    ...{ about: URL, hosts: ["db.example.com:9100"] },
    ...{ intervalMs: 15_000, timeoutMs: 10_000, maxBytes: 10_485_760, silenceMs: 40_000 },
  });
});

Deno.test("resolveScrape() lets a service be silent for two scrapes and a timeout", () => {
  const { services } = parseConfig(fileOf({ interval: "5s", timeout: "2s" }));
  const down = services[0]?.rules.find(({ kind }) => kind === "missingHeartbeat");
  assertEquals(down?.kind === "missingHeartbeat" && down.limitMs, 12_000);
});

Deno.test("resolveScrape() takes expressions, and of a preset what is declared", () => {
  const { metrics } = resolve({ preset: "node_exporter", metrics: { memory: "a{b='c'}" } });
  assertEquals(metrics.map(({ metric, isOwn }) => [metric.id, isOwn]), [
    ...[["memory", true], ["cpu", false]],
  ]);
  assertEquals(metrics[0] && formatExpression(metrics[0].expression), 'a{b="c"}');
});

Deno.test("resolveScrape() sends user and password as a header, and shows no secret", () => {
  const { url, headers, about } = resolve({
    url: "https://me:${PASSWORD}@db.example.com/${TOKEN}",
  });
  assertEquals(url.reveal(), "https://db.example.com/abc");
  const encoded = headers["authorization"]?.reveal().replace("Basic ", "") ?? "";
  assertEquals(new TextDecoder().decode(Uint8Array.fromBase64(encoded)), "me:pä ss/word");
  assertEquals(about, "https://db.example.com/…");
  assertEquals(resolve({ url: `${URL}?token=abc` }).about, "http://db.example.com:9100/…");
});

Deno.test("resolveScrape() sends a token and headers", () => {
  const { headers } = resolve({ token: "${TOKEN}", headers: { "X-Scope": "a ${TOKEN}" } });
  assertEquals(
    Object.entries(headers).map(([name, value]) => [name, value.reveal()]),
    [["x-scope", "a abc"], ["authorization", "Bearer abc"]],
  );
});

Deno.test("reachableHosts() names the hosts that are scraped", () => {
  const hosts = ["http://a.example.com/metrics", "https://b.example.com/m", "http://[::1]:9100/"]
    .map(
      (url) => reachableHosts(parseConfig(fileOf({ url }))),
    );
  assertEquals(hosts, [["a.example.com:80"], ["b.example.com:443"], ["[::1]:9100"]]);
});

Deno.test("resolveScrape() says what is wrong and what would be right", async (t) => {
  const rows: [source: Readonly<Record<string, unknown>>, issue: string][] = [
    [{ url: "db:9100" }, "url: must be an address that begins with http:// or https://"],
    [{ url: "" }, 'url: must be an address such as "http://db-1.example.com:9100/metrics"'],
    [{ url: "http://${NONE}/" }, "url: the environment has no NONE"],
    [
      { preset: "node-exporter" },
      'preset: must be "node_exporter" or "generic-http", got "node-exporter"; did you mean "node_exporter"?',
    ],
    [{ metrics: { cqu: "up" } }, 'metrics.cqu: there is no metric "cqu"; did you mean "cpu"?'],
    [
      { metrics: { cpu: "sum(" } },
      'metrics.cpu: is no expression at character 5: a number, a name, a function or "(" must stand here, got nothing',
    ],
    [
      { metrics: { cpu: "" } },
      'metrics.cpu: must be an expression of at most 4000 characters, got ""',
    ],
    [
      { metrics: [] },
      'metrics: must be an object such as { "latency": "1000 * my_latency_seconds" }, got a list',
    ],
    [{ interval: "500ms" }, 'interval: must be from 1s to 24h, got "500ms"'],
    [{ interval: "5s", timeout: "6s" }, 'timeout: must be from 100ms to 5s, got "6s"'],
    [{ maxBytes: 5 }, "maxBytes: must be a whole number from 1024 to 67108864, got 5"],
    [{ token: "a b" }, "token: must be characters of ASCII without spaces and line breaks"],
    [{ headers: { "x y": "1" } }, 'headers["x y"]: must be the name of a header'],
    [
      { headers: { a: "${BAD}" } },
      "headers.a: must be characters of ASCII without line breaks, and without spaces at the ends",
    ],
    [{ headers: { Host: "a" } }, "headers.Host: is not a header that can be given"],
    [{ headers: { a: "1", A: "2" } }, "headers.A: is given twice"],
    [
      { token: "a", headers: { authorization: "b" } },
      "token: must be the only authorization, beside a password in the url and headers",
    ],
    [{ metric: {} }, 'metric: unknown key; did you mean "metrics"?'],
  ];
  for (const [source, issue] of rows) {
    await t.step(issue, () => {
      const issues = issuesOf(fileOf(source), { env: (name) => ENV[name] });
      assertEquals(issues, [`services[0].source.${issue}`]);
    });
  }
});
