import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import { ConfigError } from "@/lib/config/config_error.ts";
import { DEFAULT_CONFIG, parseConfig } from "@/lib/config/parse_config.ts";
import { parseExpression } from "@/lib/domain/expression/parse_expression.ts";
import { DEFAULT_FLAP_POLICY } from "@/lib/domain/flapping.ts";
import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import { SEMCONV } from "@/lib/domain/otlp/semconv_preset.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { appliesTo, DEFAULT_RULES, type Hold, type Rule } from "@/lib/domain/rule.ts";
import type { MonitorConfig, ServiceConfig } from "@/lib/ports/monitor_config.ts";

import { issuesOf } from "./issues_of.ts";

Deno.test("parseConfig() takes the default for each section that is left out", () => {
  const defaults = {
    metrics: BUILT_IN_METRICS,
    services: [],
    rules: DEFAULT_RULES,
    limits: { services: 10_000, bodyBytes: 1_048_576, autoRegister: true },
    receivers: [],
    maintenance: [],
    alerting: { flapping: DEFAULT_FLAP_POLICY, parentGraceMs: 30_000 },
    origins: [],
    cors: { origins: [] },
    history: { path: null, retention: DEFAULT_RETENTION },
    sources: {
      otlp: {
        ...{ kind: "otlp" as const, about: "OpenTelemetry", hosts: [] },
        ...{ intervalMs: 60_000, silenceMs: 150_000 },
        metrics: SEMCONV.map(([metric, text]) => ({ metric, expression: parseExpression(text) })),
      },
      probe: { denyPrivate: false },
    },
    status: {
      ...{ enabled: true, title: "Service status", description: "", services: ["*"] },
      ...{ groups: [], names: new Map(), maintenance: new Map() },
    },
    auth: { tokens: [], publicReads: false, trustProxy: false, sessionMs: 604_800_000 } as const,
  };
  assertEquals(parseConfig("{}"), defaults);
  assertEquals(DEFAULT_CONFIG, defaults);
});

Deno.test("parseConfig() takes an empty list of rules at its word", () => {
  assertEquals(parseConfig('{ "rules": [] }').rules, []);
});

Deno.test("parseConfig() fills in the limits that are left out", () => {
  const { limits } = parseConfig('{ "limits": { "services": 5 } }');
  assertEquals(limits, { services: 5, bodyBytes: 1_048_576, autoRegister: true });
});

Deno.test("parseConfig() adds metrics that rules can watch", () => {
  const { metrics, rules } = parseConfig(JSON.stringify({
    metrics: [{ id: "queue", label: "Queue" }],
    rules: [{ name: "R", metric: "queue", above: 1_000 }],
  }));
  const queue = {
    ...{ id: "queue", label: "Queue", name: "Queue", unit: "" },
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, decimals: 1 },
  };
  assertEquals(metrics, [...BUILT_IN_METRICS, queue]);
  assertEquals(rules[0]?.kind === "threshold" && rules[0].metric, queue);
});

Deno.test("parseConfig() checks metrics against each other", async (t) => {
  const rows: [string, unknown[], string[]][] = [
    ["a built-in one", [{ id: "cpu", label: "CPU" }], ["metrics[0].id: cpu is built in"]],
    ["one twice", [{ id: "q", label: "Q" }, { id: "q", label: "R" }], [
      'metrics[1].id: "q" is taken by metrics[0]',
    ]],
    ["a part of every object", [{ id: "toString", label: "T" }], [
      'metrics[0].id: must not be "toString"',
    ]],
    ["an empty range", [{ id: "q", label: "Q", min: 5, max: 5 }], [
      'metrics[0].max: must be above "min": 5, got 5',
    ]],
  ];
  for (const [name, metrics, issues] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ metrics }), issues));
  }
});

Deno.test("parseConfig() does not call a metric unknown whose own entry is wrong", () => {
  const file = { metrics: [{ id: "queue" }], rules: [{ name: "R", metric: "queue", above: 1 }] };
  assertEquals(issuesOf(file), [
    "metrics[0].label: is missing; it must be 1 to 32 printable characters on one line",
  ]);
});

Deno.test("parseConfig() refuses two rules of one name", () => {
  const rule = { name: "R", missingHeartbeat: "5s" };
  assertEquals(issuesOf({ rules: [rule, rule] }), ['rules[1].name: "R" is taken by rules[0]']);
});

Deno.test("parseConfig() takes origins in the order of the file", () => {
  const origins = ["https://vitals.example.com", "http://10.0.0.7:8443"];
  assertEquals(parseConfig(JSON.stringify({ origins })).origins, origins);
});

Deno.test("parseConfig() refuses an origin that is listed already, whatever else is wrong", () => {
  const origins = ["https://a.example", "https://b.example", "null", "https://a.example"];
  assertEquals(issuesOf({ origins }), [
    'origins[2]: must be an origin such as "https://vitals.example.com", got "null"',
    'origins[3]: repeats origins[0], "https://a.example"',
  ]);
});

Deno.test("parseConfig() refuses more services than may exist", () => {
  const file = { services: [{ name: "a" }, { name: "b" }], limits: { services: 1 } };
  assertEquals(issuesOf(file), [
    "limits.services: must be at least 2, the number of listed services, got 1",
  ]);
});

Deno.test("parseConfig() names all that is wrong in the order of the file, with lines", () => {
  const text = `{
    "rules": [
      { "name": "A", "metric": "latncy", "above": 1 },
      { "name": "B", "metric": "cpu", "above": 85, "for": "2 minutes" }
    ],
    "services": [{ "name": "a", "dependsOn": ["b"] }],
    "histroy": {}
  }`;
  const error = errorOf(text);
  assertEquals(error?.issues.map(({ path, position }) => [path, position?.line]), [
    ["rules[0].metric", 3],
    ["rules[1].for", 4],
    ["services[0].dependsOn[0]", 6],
    ["histroy", 7],
  ]);
});

Deno.test("parseConfig() throws nothing but ConfigError, and then names an issue", async (t) => {
  const section = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()));
  const file = fc.record(
    {
      ...{ metrics: section, services: section, rules: section },
      ...{
        limits: fc.jsonValue(),
        origins: section,
        cors: fc.jsonValue(),
        history: fc.jsonValue(),
      },
    },
    { requiredKeys: [] },
  );
  const texts: Record<string, fc.Arbitrary<string>> = {
    "any text": fc.string({ unit: "binary" }),
    "any JSON": fc.json(),
    "text like JSON": fc.string({ unit: fc.constantFrom(...'{}[]":,/*1a \n\\') }),
    "sections of anything": file.map((value) => JSON.stringify(value)),
    "a good file with one value changed": spoiledFiles(),
  };
  for (const [name, arbitrary] of Object.entries(texts)) {
    await t.step(name, () => {
      fc.assert(fc.property(arbitrary, (text) => {
        const error = errorOf(text);
        assert(error === null || error.issues.length > 0);
      }));
    });
  }
});

Deno.test("parseConfig() reads back what it understood", () => {
  fc.assert(fc.property(goodFiles(), (file) => {
    const config = parseConfig(JSON.stringify(file));
    assertEquals(parseConfig(JSON.stringify(toFile(config))), config);
  }));
});

Deno.test("parseConfig() gives each service exactly the rules for it, less those it switched off", () => {
  fc.assert(fc.property(goodFiles(), (file) => {
    const { services, rules } = parseConfig(JSON.stringify(file));
    for (const [index, service] of services.entries()) {
      const overrides = file.services[index]?.rules ?? {};
      const expected = rules.map(({ name }) => name).filter((name) => overrides[name] !== false);
      assertEquals(service.rules.map(({ name }) => name), expected);
    }
  }));
});

function errorOf(text: string): ConfigError | null {
  try {
    parseConfig(text);
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

interface GoodFile {
  readonly services: readonly { readonly rules: Readonly<Record<string, unknown>> }[];
}

/** Files in which nothing is wrong: two metrics, two kinds of rules, dependencies without circles. */
function goodFiles(): fc.Arbitrary<GoodFile> {
  const rule = fc.record({
    metric: fc.constantFrom("cpu", "queue"),
    side: fc.constantFrom("above", "below"),
    limits: fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })),
    hasClear: fc.boolean(),
    mean: fc.integer({ min: 1, max: 30 }),
    hold: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
    severity: fc.constantFrom("warning", "critical"),
  }).map(({ metric, side, limits, hasClear, mean, hold, severity }) => {
    const [low, high] = limits.toSorted((a, b) => a - b);
    const [breaches, of] = hold.toSorted((a, b) => a - b);
    const [limit, clear] = side === "above" ? [high, low] : [low, high];
    return {
      ...{ metric, [side]: limit, mean, for: `${breaches} of ${of}`, severity },
      ...(hasClear ? { clear } : {}),
    };
  });
  const silence = fc.integer({ min: 100, max: 100_000 }).map((ms) => {
    return { missingHeartbeat: `${ms}ms` };
  });
  const rules = fc.array(fc.oneof(rule, silence), { maxLength: 4 })
    .map((all) => all.map((each, index) => ({ name: `R${index}`, ...each })));
  return rules.chain((rules) => {
    const service = fc.record({
      tags: fc.subarray(["one", "zwei", "三"]),
      off: fc.subarray(rules.map(({ name }) => name)),
      critical: fc.subarray(rules.map(({ name }) => name)),
      needsFirst: fc.boolean(),
      source: fc.constantFrom({ kind: "push" }, { kind: "simulated", profile: "api", seed: 7 }),
    });
    return fc.array(service, { maxLength: 4 }).map((services) => ({
      metrics: [{ id: "queue", label: "Queue", min: -5, max: 1_000 }],
      origins: ["https://vitals.example.com"],
      rules,
      services: services.map(({ tags, off, critical, needsFirst, source }, index) => ({
        name: `s${index}`,
        ...{ tags, source, dependsOn: needsFirst && index > 0 ? ["s0"] : [] },
        rules: Object.fromEntries([
          ...critical.map((name) => [name, { severity: "critical" }]),
          ...off.map((name) => [name, false]),
        ]),
      })),
    }));
  });
}

/** Good files in which one value, anywhere, was replaced by another. */
function spoiledFiles(): fc.Arbitrary<string> {
  return fc.tuple(goodFiles(), fc.nat(), fc.jsonValue()).map(([file, nat, replacement]) => {
    const places = countValues(file);
    let place = 0;
    return JSON.stringify(file, (_, value) => place++ === nat % places ? replacement : value);
  });
}

function countValues(value: unknown): number {
  let count = 0;
  JSON.stringify(value, (_, inner) => {
    count++;
    return inner;
  });
  return count;
}

/** The inverse of `parseConfig`: a file with nothing left out. */
function toFile(config: MonitorConfig): unknown {
  const builtIn = new Set(BUILT_IN_METRICS.map(({ id }) => id));
  return {
    metrics: config.metrics.filter(({ id }) => !builtIn.has(id)),
    rules: config.rules.map((rule) => {
      const { name, services } = rule;
      const metric = rule.kind === "threshold" ? { metric: rule.metric.id } : {};
      return { name, ...metric, services, ...changesOf(rule) };
    }),
    services: config.services.map((service) => ({
      ...service,
      rules: Object.fromEntries(overridesOf(service, config.rules)),
    })),
    limits: config.limits,
    origins: config.origins,
  };
}

function changesOf(rule: Rule): Record<string, unknown> {
  const { severity } = rule;
  if (rule.kind === "missingHeartbeat") return { severity, missingHeartbeat: `${rule.limitMs}ms` };
  const { direction, limit, clear, mean, hold } = rule;
  return { severity, [direction]: limit, clear, mean, for: formatHold(hold) };
}

function overridesOf(service: ServiceConfig, rules: readonly Rule[]): [string, unknown][] {
  return rules.filter((rule) => appliesTo(rule, service.name)).map(({ name }) => {
    const own = service.rules.find((rule) => rule.name === name);
    return [name, own === undefined ? false : changesOf(own)];
  });
}

function formatHold(hold: Hold): string {
  return hold.kind === "duration" ? `${hold.durationMs}ms` : `${hold.breaches} of ${hold.of}`;
}

const SECTIONS = [
  ...["metrics", "services", "rules", "limits", "receivers", "maintenance", "alerting", "origins"],
  ...["cors", "history", "sources", "status", "auth"],
];

Deno.test("parseConfig() finds a fault in whatever has a length and is no list", () => {
  for (const section of SECTIONS) {
    for (const length of ['[{"__proto__":null}]', '{"toString":1,"valueOf":1}', "{}", "-1"]) {
      assertThrows(() => parseConfig(`{"${section}":{"length":${length}}}`), ConfigError);
    }
  }
});

Deno.test("parseConfig() throws nothing but ConfigError, whatever JSON stands in a section", () => {
  const key = fc.oneof(fc.constantFrom("length", "name", "source", "url", "headers"), fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
  }));
  fc.assert(fc.property(fc.constantFrom(...SECTIONS), value, (section, content) => {
    try {
      parseConfig(JSON.stringify({ [section]: content }));
    } catch (error) {
      assert(error instanceof ConfigError, String(error));
    }
  }));
});
