import { assert, assertEquals, assertThrows } from "@std/assert";
import { Ajv2020 } from "ajv/2020";

import { ConfigError } from "@/lib/config/config_error.ts";
import { parseScenario } from "@/lib/config/parse_scenario.ts";
import { formatScenarioSchema } from "@/lib/config/schema_scenario.ts";
import { parseJsonc } from "@/lib/config/jsonc_document.ts";

const FOLDER = new URL("../../simulators/scenarios/", import.meta.url);
const PROFILES = ["api", "payments", "analytics", "inventory"];
const AUTH = { name: "auth-service", profile: "api" };
const GOOD = { summary: "Nothing.", duration: "1m", services: [AUTH], expects: {} };
const OUTAGE = { at: "10s", service: "auth-service", kind: "outage", duration: "20s" };

function parse(change: Readonly<Record<string, unknown>>): ReturnType<typeof parseScenario> {
  const text = JSON.stringify({ ...GOOD, ...change });
  return parseScenario(text, { name: "trial", profiles: PROFILES });
}

function issuesOf(change: Readonly<Record<string, unknown>>): readonly string[] {
  const error = assertThrows(() => parse(change), ConfigError);
  return error.issues.map(({ path, message }) => `${path}: ${message}`);
}

Deno.test("parseScenario() fills in what is left out", () => {
  const { scenario, config } = parse({
    seed: 7,
    services: [AUTH, { ...AUTH, name: "other", seed: 4, dependsOn: ["auth-service"] }],
    timeline: [{ ...OUTAGE, at: "20s" }, OUTAGE],
    expects: {
      alerts: [{ service: "other", rule: "SERVICE_DOWN", fires: "15s" }],
      statuses: [{ at: "1s", service: "other", status: "HEALTHY", tolerance: "500ms" }],
      notifications: { first: 1 },
    },
  });
  assertEquals(scenario.timeline.map(({ atMs, intensity }) => [atMs, intensity]), [
    [10_000, 1],
    [20_000, 1],
  ]);
  assertEquals(scenario.expects, {
    alerts: [{
      ...{ service: "other", rule: "SERVICE_DOWN" },
      ...{ firesAtMs: 15_000, resolvesAtMs: null, toleranceMs: 3_000 },
    }],
    statuses: [{ atMs: 1_000, service: "other", status: "HEALTHY", toleranceMs: 500 }],
    notifications: { total: null, byReason: { first: 1 } },
  });
  assertEquals(config.services.map(({ source, dependsOn }) => [source, dependsOn]), [
    [{ kind: "simulated", profile: "api", seed: 7 }, []],
    [{ kind: "simulated", profile: "api", seed: 4 }, ["auth-service"]],
  ]);
});

Deno.test("parseScenario() takes rules as the configuration does", () => {
  const services = [{
    ...AUTH,
    rules: { HIGH_CPU: false, SERVICE_DOWN: { missingHeartbeat: "9s" } },
  }];
  const [service] = parse({ services }).config.services;
  assertEquals(service?.rules.some(({ name }) => name === "HIGH_CPU"), false);
  assert(service?.rules.some((rule) => rule.kind === "missingHeartbeat" && rule.limitMs === 9_000));
});

Deno.test("parseScenario() says what is wrong, and where", async (t) => {
  const rows: [string, Readonly<Record<string, unknown>>, readonly string[]][] = [
    ["an unknown key", { timline: [] }, ['timline: unknown key; did you mean "timeline"?']],
    ["no services", { services: [] }, ["services: must name at least one service, got a list"]],
    ["a kind", { timeline: [{ ...OUTAGE, kind: "outrage" }] }, [
      "timeline[0].kind: must be one of cpu-spike, memory-leak, high-latency, error-burst, outage, " +
      'crash, flapping, clock-skew, slow-network, got "outrage"; did you mean "outage"?',
    ]],
    ["a service", { timeline: [{ ...OUTAGE, service: "auth-servce" }] }, [
      'timeline[0].service: no service is called "auth-servce"; did you mean "auth-service"?',
    ]],
    ["a profile", { services: [{ ...AUTH, profile: "apo" }] }, [
      'services[0].profile: no profile is called "apo"; did you mean "api"?',
    ]],
    ["a parent", { services: [{ ...AUTH, dependsOn: ["db"] }] }, [
      'services[0].dependsOn[0]: no service is called "db"; known is "auth-service"',
    ]],
    ["a rule of a service", { services: [{ ...AUTH, rules: { HIGH_CPU: { abve: 1 } } }] }, [
      'services[0].rules.HIGH_CPU.abve: unknown key; did you mean "above"?',
    ]],
    ["a rule", { expects: { alerts: [{ service: "auth-service", rule: "CPU", fires: "1s" }] } }, [
      'expects.alerts[0].rule: no rule is called "CPU"; known are "HIGH_CPU", "HIGH_MEMORY", ' +
      '"HIGH_LATENCY", "HIGH_ERROR_RATE" and "SERVICE_DOWN"',
    ]],
    ["a late fault", { timeline: [{ ...OUTAGE, at: "50s" }] }, [
      "timeline[0].duration: must be over before the scenario is",
    ]],
    ["a late expectation", {
      expects: { statuses: [{ at: "61s", service: "auth-service", status: "DOWN" }] },
    }, ['expects.statuses[0].at: must be within the scenario, got "61s"']],
    ["a long scenario", { duration: "3h" }, ['duration: must be from 1s to 2h, got "3h"']],
    ["two of a name", { services: [AUTH, AUTH] }, [
      'services[1].name: "auth-service" is taken by services[0]',
    ]],
  ];
  for (const [name, change, expected] of rows) {
    await t.step(name, () => assertEquals(issuesOf(change), expected));
  }
});

Deno.test("parseScenario() names the line of a mistake", () => {
  const text = '{\n  "summary": "x",\n  "duration": "soon",\n  "services": [], "expects": {}\n}';
  const error = assertThrows(
    () => parseScenario(text, { name: "trial", profiles: PROFILES }),
    ConfigError,
  );
  assertEquals(error.issues.map(({ position }) => position?.line), [3, 4]);
});

Deno.test("formatScenarioSchema() is what scenario.schema.json holds, and fits every shipped scenario", async () => {
  const text = await Deno.readTextFile(new URL("scenario.schema.json", FOLDER));
  assertEquals(text, formatScenarioSchema());
  const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(JSON.parse(text));
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (!name.endsWith(".jsonc")) continue;
    const { value } = parseJsonc(await Deno.readTextFile(new URL(name, FOLDER)));
    assert(validate(value), `${name}: ${JSON.stringify(validate.errors)}`);
  }
});
