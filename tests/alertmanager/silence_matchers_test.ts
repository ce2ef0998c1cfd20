import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  compileMatcher,
  type LabelMatcher,
  matchesLabels,
  parseLabelMatcher,
} from "@/lib/alertmanager/label_matcher.ts";
import { fromMatcher, toMatcher } from "@/lib/alertmanager/silence_matchers.ts";
import { MATCH_ALL, type Matcher, matchesAlert } from "@/lib/domain/matcher.ts";

function read(...texts: readonly string[]): ReturnType<typeof toMatcher> {
  return toMatcher(texts.map(parseLabelMatcher));
}

const PATTERN = fc.string({
  unit: fc.constantFrom("a", "B", ".", "-", "*"),
  minLength: 1,
  maxLength: 6,
});
const SEVERITY = fc.constantFrom("warning" as const, "critical" as const);
const MATCHER: fc.Arbitrary<Matcher> = fc.record({
  service: fc.option(PATTERN),
  rule: fc.option(PATTERN),
  tag: fc.option(
    fc.string({ unit: fc.constantFrom("x", "*", " ", '"'), minLength: 1, maxLength: 5 }),
  ),
  severity: fc.option(SEVERITY),
}).filter((matcher) => Object.values(matcher).some((condition) => condition !== null));

Deno.test("toMatcher() undoes fromMatcher()", () => {
  fc.assert(fc.property(MATCHER, (matcher) => {
    assertEquals(toMatcher(fromMatcher(matcher)), { kind: "matcher", matcher });
  }));
});

Deno.test("toMatcher() accepts only what mutes exactly the same alerts", () => {
  const name = fc.constantFrom("alertname", "service", "severity", "tag", "instance");
  const part = fc.constantFrom(
    "a",
    "B",
    "\\.",
    ".*",
    ".",
    "+",
    "|",
    "warning",
    "critical",
    ".+",
    "*",
  );
  const value = fc.array(part, { maxLength: 3 }).map((parts) => parts.join(""));
  const flag = fc.boolean();
  const matcher = fc.record<LabelMatcher>({
    name,
    value,
    isRegex: flag,
    isEqual: fc.constant(true),
  });
  const label = fc.string({ unit: fc.constantFrom("a", "B", "."), minLength: 1, maxLength: 4 });
  const alert = fc.record({
    service: label,
    rule: label,
    tags: fc.array(label),
    severity: SEVERITY,
  });
  fc.assert(
    fc.property(
      fc.array(matcher, { minLength: 1, maxLength: 2 }),
      fc.array(alert),
      (list, alerts) => {
        const result = toMatcher(list);
        if (result.kind === "refused") return;
        const compiled = list.map(compileMatcher);
        for (const each of alerts) {
          const { service, rule: alertname, severity, tags } = each;
          const labels = { service, alertname, severity, tag: tags };
          assertEquals(matchesAlert(result.matcher, each), matchesLabels(compiled, labels));
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("toMatcher() takes what excludes nothing for all alerts", () => {
  const forAll = { kind: "matcher", matcher: { ...MATCH_ALL, service: "*" } } as const;
  assertEquals(read('severity=~"warning|critical"'), forAll);
  assertEquals(read('service=~".+"'), forAll);
});

Deno.test("toMatcher() says of each matcher why it cannot be said here", () => {
  const rows: [text: string, reason: RegExp][] = [
    ["instance=a", /^must be on a label that alerts have, got "instance"; known are "alertname"/],
    ["servce=a", /did you mean "service"/],
    ["service!=a", /"all but these" \(!= and !~\) is not known here/],
    ['service=~"a|b"', /make a silence of each/],
    ['service="a b"', /^must be a name/],
    ['service="a*"', /^must be a name/],
    ["severity=bad", /^must be "warning" or "critical", got "bad"/],
    ['tag=~"a.*"', /^must be a tag as it is/],
  ];
  for (const [text, reason] of rows) {
    const result = read("alertname=HIGH_CPU", text);
    assert(result.kind === "refused", text);
    assertEquals(result.issues.map(({ path }) => path), ["matchers[1]"]);
    assert(reason.test(result.issues[0]?.message ?? ""), result.issues[0]?.message);
  }
  const twice = read("service=a", "service=b");
  assert(twice.kind === "refused");
  assertEquals(
    twice.issues[0]?.message,
    "must be the only matcher on service; make a silence of each",
  );
});
