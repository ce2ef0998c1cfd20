import { assertEquals } from "@std/assert";

import { issuesOf } from "./issues_of.ts";

Deno.test("checkReferences() tells of unknown names even in parts that are otherwise wrong", () => {
  const file = {
    rules: [{ name: "R", metric: "latncy", above: 1, for: "ten" }],
    services: [{
      name: "a",
      tags: 1,
      dependsOn: [7, "aa"],
      source: { kind: "simulated", profile: "apy", seed: -1 },
      rules: { S: 5 },
    }],
  };
  assertEquals(issuesOf(file, { profiles: ["api"] }), [
    'rules[0].metric: no metric is called "latncy"; did you mean "latency"?',
    'rules[0].for: must be a number of samples from 1 to 60, or such as "3 of 5" or "2m", got "ten"',
    "services[0].tags: must be a list of at most 16 tags, got 1",
    "services[0].dependsOn[0]: must be the name of a service, got 7",
    'services[0].dependsOn[1]: no service is called "aa"; known is "a"',
    'services[0].source.profile: no profile is called "apy"; did you mean "api"?',
    "services[0].source.seed: must be a whole number from 0 to 4294967295, got -1",
    'services[0].rules.S: must be false or an object such as { "above": 95 }, got 5',
    'services[0].rules.S: no rule is called "S"; known is "R"',
  ]);
});

Deno.test("checkReferences() knows the names of parts that are otherwise wrong", () => {
  const file = {
    metrics: [{ id: "queue" }],
    rules: [{ name: "R", metric: "queue", above: "x" }],
    services: [{ name: "a", tags: 1 }, { name: "b", dependsOn: ["a"], rules: { R: false } }],
  };
  assertEquals(issuesOf(file).map((issue) => issue.split(":")[0]), [
    "metrics[0].label",
    "rules[0].above",
    "services[0].tags",
  ]);
});

Deno.test("checkReferences() takes anything for a profile when it knows none", () => {
  const source = { kind: "simulated", profile: "anything", seed: 1 };
  assertEquals(issuesOf({ services: [{ name: "a", source }] }), []);
});
