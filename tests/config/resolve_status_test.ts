import { assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { StatusPageConfig } from "@/lib/ports/monitor_config.ts";

import { issuesOf } from "./issues_of.ts";

const BACKUP = { name: "backup", every: "day", at: "02:00", duration: "1h" };

function statusOf(status: unknown): StatusPageConfig {
  return parseConfig(JSON.stringify({ status, maintenance: [BACKUP] })).status;
}

const DEFAULTS: StatusPageConfig = {
  enabled: true,
  title: "Service status",
  description: "",
  services: ["*"],
  groups: [],
  names: new Map(),
  maintenance: new Map(),
};

Deno.test("resolveStatusPage() takes the default for each part that is left out", () => {
  assertEquals(statusOf(undefined), DEFAULTS);
  assertEquals(statusOf({}), DEFAULTS);
  assertEquals(statusOf({ enabled: false }), { ...DEFAULTS, enabled: false });
});

Deno.test("resolveStatusPage() takes what the file says at its word", () => {
  const status = {
    title: "Example status",
    description: "How we are doing.",
    services: ["web", "api-*"],
    names: { web: "Website", constructor: "Builder" },
    maintenance: { backup: "Backup of the database" },
  };
  assertEquals(statusOf(status), {
    ...DEFAULTS,
    ...status,
    names: new Map([["web", "Website"], ["constructor", "Builder"]]),
    maintenance: new Map([["backup", "Backup of the database"]]),
  });
});

Deno.test("resolveStatusPage() shows the services of groups and no others unless told so", () => {
  const groups = [{ name: "Shop", services: ["cart", "pay-*"] }, { name: "Web", services: ["w"] }];
  assertEquals(statusOf({ groups }).services, ["cart", "pay-*", "w"]);
  assertEquals(statusOf({ groups, services: ["*"] }).services, ["*"]);
});

Deno.test("resolveStatusPage() names what makes no sense", async (t) => {
  const group = { name: "A", services: ["a"] };
  const rows: readonly [name: string, status: unknown, issues: readonly string[]][] = [
    ["another kind of value", true, [
      'status: must be an object such as { "title": "Service status" }, got true',
    ]],
    ["an unknown key", { titles: "x" }, ['status.titles: unknown key; did you mean "title"?']],
    ["no pattern", { services: ["Web Shop"] }, [
      'status.services[0]: must be a service name, * standing for any characters, got "Web Shop"',
    ]],
    ["an empty group", { groups: [{ name: "A", services: [] }] }, [
      "status.groups[0].services: must name at least one service, got a list",
    ]],
    ["two groups of a name", { groups: [group, group] }, [
      'status.groups[1].name: "A" is taken by status.groups[0]',
    ]],
    ["a window that there is not", { maintenance: { backupp: "x" } }, [
      'status.maintenance.backupp: no maintenance window is called "backupp"; did you mean "backup"?',
    ]],
  ];
  for (const [name, status, issues] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ status, maintenance: [BACKUP] }), issues));
  }
});
