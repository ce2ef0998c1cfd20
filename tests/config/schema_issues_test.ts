import { assertEquals } from "@std/assert";

import { issuesOf } from "./issues_of.ts";

const CPU = { name: "R", metric: "cpu", above: 85 };

Deno.test("explainIssue() says of each wrong value what would be right", async (t) => {
  const rows: [string, unknown, string][] = [
    ["the file", [], ': must be an object such as { "services": [] }, got a list'],
    ["the file is null", "null", ': must be an object such as { "services": [] }, got null'],
    ["a section", { services: {} }, "services: must be a list of services, got an object"],
    ["rules", { rules: "no" }, 'rules: must be a list of at most 100 rules, got "no"'],
    [
      "too many rules",
      { rules: Array.from({ length: 101 }, (_, n) => ({ ...CPU, name: `R${n}` })) },
      "rules: must be a list of at most 100 rules, got a list",
    ],
    ["metrics", { metrics: 1 }, "metrics: must be a list of at most 32 metrics, got 1"],
    [
      "limits",
      { limits: [] },
      'limits: must be an object such as { "services": 1000 }, got a list',
    ],
    [
      "a section of a later version",
      { storage: {} },
      'storage: unknown key; known are "$schema", "metrics", "services", "rules", "limits", "receivers", "maintenance", "alerting", "origins", "cors", "history", "sources", "status" and "auth"',
    ],
    ["a mistyped section", { servises: [] }, 'servises: unknown key; did you mean "services"?'],
    [
      "a service",
      { services: ["a"] },
      'services[0]: must be an object such as { "name": "auth-service" }, got "a"',
    ],
    [
      "a service without a name",
      { services: [{}] },
      "services[0].name: is missing; " +
      'it must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, but not "." or ".."',
    ],
    [
      "the name of a service",
      { services: [{ name: "Auth Service" }] },
      "services[0].name: must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, " +
      'but not "." or "..", got "Auth Service"',
    ],
    [
      "the name of a service that addresses cannot hold",
      { services: [{ name: ".." }] },
      "services[0].name: must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, " +
      'but not "." or "..", got ".."',
    ],
    [
      "a tag",
      { services: [{ name: "a", tags: ["x\n"] }] },
      'services[0].tags[0]: must be 1 to 32 printable characters on one line, got "x\\n"',
    ],
    [
      "a text for tags",
      { services: [{ name: "a", tags: "x" }] },
      'services[0].tags: must be a list of at most 16 tags, got "x"',
    ],
    [
      "dependsOn",
      { services: [{ name: "a", dependsOn: [1] }] },
      "services[0].dependsOn[0]: must be the name of a service, got 1",
    ],
    [
      "a source",
      { services: [{ name: "a", source: "push" }] },
      'services[0].source: must be an object such as { "kind": "push" }, got "push"',
    ],
    [
      "a source without a kind",
      { services: [{ name: "a", source: {} }] },
      'services[0].source.kind: is missing; it must be "push", "probe", "scrape", "otlp", "heartbeat" or "simulated"',
    ],
    [
      "a kind of source of a later version",
      { services: [{ name: "a", source: { kind: "carrier-pigeon" } }] },
      'services[0].source.kind: must be "push", "probe", "scrape", "otlp", "heartbeat" or "simulated", got "carrier-pigeon"',
    ],
    [
      "a mistyped kind of source",
      { services: [{ name: "a", source: { kind: "simulate" } }] },
      'services[0].source.kind: must be "push", "probe", "scrape", "otlp", "heartbeat" or "simulated", got "simulate"; ' +
      'did you mean "simulated"?',
    ],
    [
      "a kind of source that is an object",
      { services: [{ name: "a", source: { kind: {} } }] },
      'services[0].source.kind: must be "push", "probe", "scrape", "otlp", "heartbeat" or "simulated", got an object',
    ],
    [
      "a seed",
      { services: [{ name: "a", source: { kind: "simulated", profile: "api", seed: 1.5 } }] },
      "services[0].source.seed: must be a whole number from 0 to 4294967295, got 1.5",
    ],
    [
      "a key of another kind of source",
      { services: [{ name: "a", source: { kind: "push", seed: 1 } }] },
      'services[0].source.seed: unknown key; known is "kind"',
    ],
    [
      "an override",
      { services: [{ name: "a", rules: { HIGH_CPU: true } }] },
      'services[0].rules.HIGH_CPU: must be false or an object such as { "above": 95 }, got true',
    ],
    [
      "a key of an override",
      { services: [{ name: "a", rules: { HIGH_CPU: { abov: 95 } } }] },
      'services[0].rules.HIGH_CPU.abov: unknown key; did you mean "above"?',
    ],
    [
      "a value of an override",
      { services: [{ name: "a", rules: { SERVICE_DOWN: { missingHeartbeat: 5 } } }] },
      "services[0].rules.SERVICE_DOWN.missingHeartbeat: " +
      'must be a duration such as "5s" or "10m", got 5',
    ],
    [
      "overrides as a list",
      { services: [{ name: "a", rules: [] }] },
      'services[0].rules: must be an object such as { "HIGH_CPU": { "above": 95 } }, got a list',
    ],
    [
      "a rule",
      { rules: [7] },
      'rules[0]: must be an object such as { "name": "HIGH_CPU", "metric": "cpu", "above": 85 }, got 7',
    ],
    [
      "the name of a rule",
      { rules: [{ ...CPU, name: "high cpu" }] },
      "rules[0].name: must begin with a letter and be 1 to 64 of " +
      'A-Z, a-z, 0-9, dot, underscore and hyphen, got "high cpu"',
    ],
    [
      "a rule about nothing",
      { rules: [{ name: "R" }] },
      "rules[0].metric: is missing; it must be the id of a metric",
    ],
    ["a limit", { rules: [{ ...CPU, above: "85" }] }, 'rules[0].above: must be a number, got "85"'],
    [
      "an endless limit",
      '{"rules": [{"name": "R", "metric": "cpu", "above": 1e999}]}',
      "rules[0].above: must be a number, got Infinity",
    ],
    [
      "mean",
      { rules: [{ ...CPU, mean: 61 }] },
      "rules[0].mean: must be a whole number from 1 to 60, got 61",
    ],
    [
      "a duration for for",
      { rules: [{ ...CPU, for: "ten" }] },
      'rules[0].for: must be a number of samples from 1 to 60, or such as "3 of 5" or "2m", got "ten"',
    ],
    [
      "none for for",
      { rules: [{ ...CPU, for: 0 }] },
      'rules[0].for: must be a number of samples from 1 to 60, or such as "3 of 5" or "2m", got 0',
    ],
    [
      "an object for for",
      { rules: [{ ...CPU, for: {} }] },
      'rules[0].for: must be a number of samples from 1 to 60, or such as "3 of 5" or "2m", got an object',
    ],
    [
      "severity",
      { rules: [{ ...CPU, severity: "critcal" }] },
      'rules[0].severity: must be "warning" or "critical", got "critcal"; did you mean "critical"?',
    ],
    [
      "services of a rule",
      { rules: [{ ...CPU, services: [] }] },
      "rules[0].services: must name at least one service; leave it out for all, got a list",
    ],
    [
      "a pattern of services",
      { rules: [{ ...CPU, services: ["Auth*"] }] },
      'rules[0].services[0]: must be a service name, * standing for any characters, got "Auth*"',
    ],
    [
      "a key of another kind of rule",
      { rules: [{ name: "R", missingHeartbeat: "5s", for: 3 }] },
      'rules[0].for: unknown key; known are "name", "missingHeartbeat", "critical", "keepFiringFor", "severity" and "services"',
    ],
    [
      "a duration",
      { rules: [{ name: "R", missingHeartbeat: "5 sec" }] },
      'rules[0].missingHeartbeat: must be a duration such as "5s" or "10m", got "5 sec"',
    ],
    [
      "the id of a metric",
      { metrics: [{ id: "queue-length", label: "Queue" }] },
      "metrics[0].id: must begin with a letter and be 1 to 64 of " +
      'A-Z, a-z, 0-9 and underscore, got "queue-length"',
    ],
    [
      "a unit",
      { metrics: [{ id: "q", label: "Q", unit: "metres per second" }] },
      "metrics[0].unit: must be at most 12 printable characters on one line, got " +
      '"metres per second"',
    ],
    [
      "decimals",
      { metrics: [{ id: "q", label: "Q", decimals: 7 }] },
      "metrics[0].decimals: must be a whole number from 0 to 6, got 7",
    ],
    [
      "a limit of Vitals itself",
      { limits: { bodyBytes: "1MB" } },
      'limits.bodyBytes: must be a whole number from 1024 to 67108864, got "1MB"',
    ],
    [
      "autoRegister",
      { limits: { autoRegister: "yes" } },
      'limits.autoRegister: must be true or false, got "yes"',
    ],
    [
      "one origin without a list",
      { origins: "https://a.example" },
      'origins: must be a list of at most 32 origins, got "https://a.example"',
    ],
    [
      "too many origins",
      { origins: Array.from({ length: 33 }, (_, n) => `https://s${n}.example`) },
      "origins: must be a list of at most 32 origins, got a list",
    ],
    ["a mistyped list of origins", { origin: [] }, 'origin: unknown key; did you mean "origins"?'],
    [
      "an origin that is no text",
      { origins: [8000] },
      'origins[0]: must be an origin such as "https://vitals.example.com", got 8000',
    ],
    [
      "an origin with a path",
      { origins: ["https://a.example/vitals"] },
      'origins[0]: must be the bare origin "https://a.example", got "https://a.example/vitals"',
    ],
  ];
  for (const [name, file, issue] of rows) {
    await t.step(name, () => assertEquals(issuesOf(file), [issue]));
  }
});

Deno.test("explainIssue() shortens what it quotes", () => {
  assertEquals(issuesOf({ limits: { autoRegister: "y".repeat(1_000) } }), [
    `limits.autoRegister: must be true or false, got "${"y".repeat(40)}…"`,
  ]);
});

Deno.test("explainIssue() names each unknown key of an object", () => {
  assertEquals(issuesOf({ limits: { service: 1, bodyByte: 2 } }), [
    'limits.service: unknown key; did you mean "services"?',
    'limits.bodyByte: unknown key; did you mean "bodyBytes"?',
  ]);
});
