import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";

import { parseJsonc } from "@/lib/config/jsonc_document.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { formatConfigSchema } from "@/lib/config/schema.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import { PROFILES } from "@/simulators/profiles.ts";

const ROOT = new URL("../../", import.meta.url);

function readRoot(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, ROOT));
}

function compileSchema(): (value: unknown) => boolean {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  const validate = ajv.compile(JSON.parse(formatConfigSchema()));
  return (value) => validate(value) === true;
}

Deno.test("formatConfigSchema() is what vitals.schema.json holds", async () => {
  assertEquals(await readRoot("vitals.schema.json"), formatConfigSchema());
});

Deno.test("formatConfigSchema() describes every key", () => {
  const undescribed: string[] = [];
  visitProperties(JSON.parse(formatConfigSchema()), (path, property) => {
    const { description } = { description: null, ...property };
    if (typeof description !== "string") undescribed.push(path);
  });
  assertEquals(undescribed, []);
});

Deno.test("formatConfigSchema() accepts and refuses what parseConfig() does, as far as shapes go", async (t) => {
  const isValid = compileSchema();
  const cpu = { name: "R", metric: "cpu", above: 85 };
  const rows: [string, unknown, boolean][] = [
    ["nothing", {}, true],
    ["each kind of rule", { rules: [cpu, { name: "S", missingHeartbeat: "5s" }] }, true],
    ["for", { rules: [{ ...cpu, for: "3 of 5" }] }, true],
    ["overrides", { services: [{ name: "a", rules: { HIGH_CPU: false } }] }, true],
    ["a unit beyond ASCII", { metrics: [{ id: "t", label: "Temp.", unit: "°C" }] }, true],
    ["origins", { origins: ["https://a.example", "http://[::1]:8443"] }, true],
    ["an unknown section", { storage: {} }, false],
    ["a history", { history: { path: "/var/lib/a b", retention: { "10s": "8d" } } }, true],
    ["a history without a place", { history: { path: "" } }, false],
    ["a history in two places", { history: { path: "a,b" } }, false],
    ["a tier that there is not", { history: { retention: { "5m": "7d" } } }, false],
    ["a status page", { status: { groups: [{ name: "Shop", services: ["a-*"] }] } }, true],
    ["a group without services", { status: { groups: [{ name: "A", services: [] }] } }, false],
    ["a rule with both sides", { rules: [{ ...cpu, below: 1 }] }, false],
    ["a rule with no side", { rules: [{ name: "R", metric: "cpu" }] }, false],
    ["a rule of both kinds", { rules: [{ ...cpu, missingHeartbeat: "5s" }] }, false],
    ["a duration for for", { rules: [{ ...cpu, for: "10s" }] }, true],
    ["a kind of source", { services: [{ name: "a", source: { kind: "pigeon" } }] }, false],
    ["a name of dots", { services: [{ name: ".." }] }, false],
    ["a name that begins with dots", { services: [{ name: "..a" }, { name: "..." }] }, true],
    ["an origin with a path", { origins: ["https://a.example/"] }, false],
    ["pages that may read", { cors: { origins: ["https://a.example"] } }, true],
    ["all pages may read", { cors: { origins: "*" } }, true],
    ["a part of all pages may read", { cors: { origins: "https://*.a.example" } }, false],
    ["a pattern of pages may read", { cors: { origins: ["https://*.a.example"] } }, false],
    ["a star in a list", { cors: { origins: ["*"] } }, false],
    ["too many pages may read", { cors: { origins: Array(33).fill("https://a.example") } }, false],
    ["too many origins", { origins: Array(33).fill("https://a.example") }, false],
  ];
  for (const [name, value, expected] of rows) {
    await t.step(name, () => {
      assertEquals(isValid(value), expected);
      let parsed = true;
      try {
        parseConfig(JSON.stringify(value));
      } catch {
        parsed = false;
      }
      assertEquals(parsed, expected);
    });
  }
});

Deno.test("vitals.config.jsonc is valid by schema and by parser, and spells out the default rules", async () => {
  const text = await readRoot("vitals.config.jsonc");
  // Ajv looks for keys as objects with a prototype have them.
  const value: unknown = JSON.parse(JSON.stringify(parseJsonc(text).value));
  assert(compileSchema()(value));
  const config = parseConfig(text, { profiles: Object.keys(PROFILES) });
  assertEquals(config.rules, DEFAULT_RULES);
  assertEquals(
    config.services.map(({ name }) => name),
    ["auth-service", "payment-service", "reporting-service", "inventory-service"],
  );
});

Deno.test("vitals.config.jsonc stays valid when its examples are uncommented", async () => {
  const text = await readRoot("vitals.config.jsonc");
  const uncommented = text.replaceAll(/^( +)\/\/ ([{}]| {2}["/])/gm, "$1$2");
  const env = (name: string) =>
    name.endsWith("_URL")
      ? "https://hooks.example.com/1"
      : "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const { services, receivers, maintenance } = parseConfig(uncommented, { env });
  assertEquals(receivers.map(({ name }) => name), ["team", "pager", "log"]);
  assertEquals(maintenance.map(({ name }) => name), ["nightly-backup"]);
  const rules = services[0]?.rules.map(({ name }) => name);
  assertEquals(services[0]?.name, "checkout");
  assertEquals(rules, ["HIGH_CPU", "HIGH_LATENCY", "HIGH_ERROR_RATE", "SERVICE_DOWN"]);
});

type Visit = (path: string, property: object) => void;

function visitProperties(schema: unknown, visit: Visit, path = ""): void {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties" && typeof value === "object" && value !== null) {
      for (const [name, property] of Object.entries(value)) {
        visit(`${path}.${name}`, Object(property));
      }
    }
    visitProperties(value, visit, `${path}.${key}`);
  }
}
