import { assertEquals } from "@std/assert";

import { NO_NEEDS, readServerNeeds, type ServerNeeds } from "@/tools/server_needs.ts";

const ENV: Readonly<Record<string, string>> = {
  SLACK_URL: "https://hooks.example.com/services/1",
  SMTP_PASSWORD: "secret",
};

function needsOf(text: string | null, config?: string): ServerNeeds & { readonly paths: string[] } {
  const paths: string[] = [];
  const needs = readServerNeeds({
    project: "/srv/vitals",
    config,
    read: (path) => {
      paths.push(path);
      if (text === null) throw new Deno.errors.NotFound();
      return text;
    },
    env: (name) => ENV[name],
  });
  return { ...needs, paths };
}

Deno.test("readServerNeeds() names variables and hosts of receivers, and nothing of comments", () => {
  const text = `{
    // "url": "\${COMMENTED}"
    "receivers": [
      { "name": "a", "kind": "slack", "url": "\${SLACK_URL}" },
      { "name": "b", "kind": "webhook", "url": "http://127.0.0.1:9000/x" },
      { "name": "c", "kind": "ntfy", "url": "https://hooks.example.com/topic" },
      {
        "name": "d", "kind": "email", "url": "smtps://vitals:\${SMTP_PASSWORD}@mail.example.com",
        "from": "v@example.com", "to": ["a@example.com"],
      },
      { "name": "e", "kind": "log" },
    ],
  }`;
  const { variables, hosts } = needsOf(text);
  assertEquals(variables, ["SLACK_URL", "SMTP_PASSWORD"]);
  assertEquals(hosts, ["hooks.example.com:443", "127.0.0.1:9000", "mail.example.com:465"]);
});

Deno.test("readServerNeeds() names variables and hosts of sources, but none of other parts of services", () => {
  const text = JSON.stringify({
    services: [
      { name: "a", source: { kind: "probe", url: "https://a.example.com/?key=${SMTP_PASSWORD}" } },
      {
        name: "b",
        tags: ["${ELSEWHERE}"],
        source: {
          ...{ kind: "probe", url: "tcp://10.0.0.7:5432" },
        },
      },
      {
        name: "c",
        source: {
          ...{ kind: "probe", url: "${SLACK_URL}" },
          headers: { authorization: "Bearer ${SMTP_PASSWORD}" },
        },
      },
    ],
  });
  const { variables, hosts } = needsOf(text);
  assertEquals(variables, ["SLACK_URL", "SMTP_PASSWORD"]);
  assertEquals(hosts, ["a.example.com:443", "10.0.0.7:5432", "hooks.example.com:443"]);
});

Deno.test("readServerNeeds() looks where the server will", () => {
  assertEquals(needsOf("{}").paths, ["/srv/vitals/vitals.config.jsonc"]);
  assertEquals(needsOf("{}", "").paths, ["/srv/vitals/vitals.config.jsonc"]);
  assertEquals(needsOf("{}", "../a.jsonc").paths, ["/srv/a.jsonc"]);
  assertEquals(needsOf("{}", "conf/a.jsonc").paths, ["/srv/vitals/conf/a.jsonc"]);
  assertEquals(needsOf("{}", "/etc/vitals.jsonc").paths, ["/etc/vitals.jsonc"]);
});

Deno.test("readServerNeeds() takes no host that could mean another, or break the start", () => {
  for (const host of ["a,b", "*", "%41b", "a+b"]) {
    const receivers = [
      { name: "a", kind: "email", url: `smtp://${host}`, from: "a@b", to: ["c@d"] },
    ];
    assertEquals(needsOf(JSON.stringify({ receivers })).hosts, [], host);
  }
});

Deno.test("readServerNeeds() has none for a file that is missing or wrong, but the variables it names", () => {
  for (const text of [null, "{", "[]", '{ "receivers": 5 }']) {
    const { variables, hosts, historyPath } = needsOf(text);
    assertEquals({ variables, hosts, historyPath }, NO_NEEDS);
  }
  const unset = '{ "receivers": [{ "name": "a", "kind": "slack", "url": "${NOT_SET}" }] }';
  const { variables, hosts } = needsOf(unset);
  assertEquals([variables, hosts], [["NOT_SET"], []]);
});

Deno.test("readServerNeeds() takes the folder of the history as the file names it", () => {
  const pathOf = (file: unknown) => needsOf(JSON.stringify(file)).historyPath;
  assertEquals(pathOf({ history: { path: "../kept" } }), "../kept");
  assertEquals(pathOf({ history: { path: ":memory:" } }), ":memory:");
  assertEquals(pathOf({ history: {} }), null);
  assertEquals(pathOf({ history: { path: "a,b" } }), null);
});
