import { assert, assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";

import { issuesOf } from "./issues_of.ts";

Deno.test("resolveServices() fills in what is left out", () => {
  const { services, rules } = parseConfig('{ "services": [{ "name": "a" }] }');
  assertEquals(services, [{ name: "a", tags: [], dependsOn: [], source: { kind: "push" }, rules }]);
});

Deno.test("resolveServices() gives a service the rules that apply to it", () => {
  const { services, rules } = parseConfig(JSON.stringify({
    rules: [
      { name: "ALL", missingHeartbeat: "5s" },
      { name: "AUTH", metric: "cpu", above: 85, services: ["auth-*"] },
    ],
    services: [{ name: "auth-eu" }, { name: "b" }, { name: "c", rules: { ALL: false } }],
  }));
  const names = services.map((service) => service.rules.map((rule) => rule.name));
  assertEquals(names, [["ALL", "AUTH"], ["ALL"], []]);
  assertEquals(rules.map((rule) => rule.name), ["ALL", "AUTH"]);
});

Deno.test("resolveServices() takes a rule named like a part of every object", () => {
  const { services } = parseConfig(JSON.stringify({
    rules: [{ name: "constructor", missingHeartbeat: "5s" }],
    services: [{ name: "constructor" }],
  }));
  assertEquals(services[0]?.rules.length, 1);
});

Deno.test("resolveServices() checks what services say of each other", async (t) => {
  const a = { name: "alpha" };
  const b = { name: "beta" };
  const rows: [string, unknown[], string[]][] = [
    ["a listed parent", [a, { ...b, dependsOn: ["alpha"] }], []],
    ["no such parent", [a, { ...b, dependsOn: ["alhpa"] }], [
      'services[1].dependsOn[0]: no service is called "alhpa"; known are "alpha" and "beta"',
    ]],
    ["a mistyped parent", [a, { ...b, dependsOn: ["alpa"] }], [
      'services[1].dependsOn[0]: no service is called "alpa"; did you mean "alpha"?',
    ]],
    ["the same parent twice", [a, { ...b, dependsOn: ["alpha", "alpha"] }], [
      'services[1].dependsOn[1]: names "alpha" twice',
    ]],
    ["itself", [{ ...a, dependsOn: ["alpha"] }], ["services[0].dependsOn: names itself"]],
    ["a circle", [{ ...a, dependsOn: ["beta"] }, { ...b, dependsOn: ["alpha"] }], [
      "services[0].dependsOn: makes a circle: alpha → beta → alpha",
    ]],
    ["the same name twice", [a, b, a], ['services[2].name: "alpha" is taken by services[0]']],
    ["a parent whose own entry is wrong", [{ ...a, tags: 1 }, { ...b, dependsOn: ["alpha"] }], [
      "services[0].tags: must be a list of at most 16 tags, got 1",
    ]],
  ];
  for (const [name, services, issues] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ services }), issues));
  }
});

Deno.test("resolveServices() checks that an override has something to override", () => {
  const file = {
    rules: [
      { name: "HIGH_CPU", metric: "cpu", above: 85, services: ["x-*", "y"] },
      { name: "BAD", metric: "cpu", above: 200 },
    ],
    services: [{ name: "a", rules: { HIGH_CPU: false, HIGH_CUP: false, BAD: {} } }],
  };
  assertEquals(issuesOf(file), [
    "rules[1].above: must be at least 0 and below 100, the range of cpu, got 200",
    "services[0].rules.HIGH_CPU: does not apply anyway: the rule is for x-*, y",
    'services[0].rules.HIGH_CUP: no rule is called "HIGH_CUP"; did you mean "HIGH_CPU"?',
  ]);
});

Deno.test("resolveServices() checks the profile when it knows the profiles", () => {
  const source = { kind: "simulated", profile: "apy", seed: 1 };
  const file = { services: [{ name: "a", source }] };
  assertEquals(issuesOf(file), []);
  assertEquals(issuesOf(file, { profiles: ["api", "payments"] }), [
    'services[0].source.profile: no profile is called "apy"; did you mean "api"?',
  ]);
});

Deno.test("resolveServices() lets what is observed be silent, whatever a service changes but the limit", () => {
  const source = { kind: "probe", url: "https://shop.example.com/", interval: "60s" };
  const down = { name: "SERVICE_DOWN", missingHeartbeat: "5s", severity: "critical" };
  const rows: [Record<string, unknown>, limitMs: number, criticalMs: number | null][] = [
    [{}, 130_000, null],
    [{ severity: "warning" }, 130_000, null],
    [{ keepFiringFor: "1m" }, 130_000, null],
    [{ critical: "10m" }, 130_000, 600_000],
    [{ critical: "1m" }, 130_000, 185_000],
    [{ missingHeartbeat: "20s" }, 20_000, null],
    [{ missingHeartbeat: "20s", critical: "40s" }, 20_000, 40_000],
  ];
  for (const [changes, limitMs, criticalMs] of rows) {
    const services = [{ name: "shop", source, rules: { SERVICE_DOWN: changes } }];
    const [rule] = parseConfig(JSON.stringify({ rules: [down], services })).services[0]?.rules ??
      [];
    assert(rule?.kind === "missingHeartbeat");
    assertEquals([changes, rule.limitMs, rule.criticalMs], [changes, limitMs, criticalMs]);
  }
});
