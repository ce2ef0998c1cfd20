import { assert, assertEquals } from "@std/assert";

import { reachableHosts } from "@/lib/config/reachable_hosts.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { ProbeConfig } from "@/lib/ports/source_config.ts";

import { issuesOf } from "../issues_of.ts";

const ENV: Readonly<Record<string, string>> = {
  TOKEN: "geheim-123",
  SHOP_URL: "https://anna:geheim@shop.example.com:8443/geheim?key=geheim",
};

function fileWith(source: Readonly<Record<string, unknown>>, rest: object = {}): object {
  return { services: [{ name: "shop", source: { kind: "probe", ...source } }], ...rest };
}

function probeOf(source: Readonly<Record<string, unknown>>, rest: object = {}): ProbeConfig {
  const text = JSON.stringify(fileWith(source, rest));
  const { services } = parseConfig(text, { env: (name) => ENV[name] });
  const found = services[0]?.source;
  assert(found?.kind === "probe");
  return found;
}

function wrongWith(source: Readonly<Record<string, unknown>>): string[] {
  return issuesOf(fileWith(source), { env: (name) => ENV[name] })
    .map((issue) => issue.replace("services[0].source.", ""));
}

Deno.test("resolveProbe() needs nothing but the address", () => {
  const url = new Secret("https://shop.example.com/health?a=b");
  assertEquals(probeOf({ url: url.reveal() }), {
    kind: "probe",
    target: {
      ...{ kind: "http", url, method: "GET", headers: {}, body: null },
      ...{ redirects: 5, maxBytes: 1_048_576 },
      expect: {
        statuses: [{ from: 200, to: 299 }],
        ...{ contains: null, json: null, certificateDays: null },
      },
    },
    about: "GET https://shop.example.com/",
    hosts: ["shop.example.com:443"],
    ...{ intervalMs: 30_000, timeoutMs: 10_000, silenceMs: 70_000, denyPrivate: false },
  });
});

Deno.test("resolveProbe() takes the address of a port", () => {
  const { target, about, hosts } = probeOf({ url: "tcp://db.example.com:5432" });
  assertEquals(target, { kind: "tcp", hostname: "db.example.com", port: 5_432 });
  assertEquals([about, ...hosts], ["TCP db.example.com:5432", "db.example.com:5432"]);
  const { target: ipv6, hosts: [host] } = probeOf({ url: "tcp://[::1]:22" });
  assertEquals(ipv6, { kind: "tcp", hostname: "[::1]", port: 22 });
  assertEquals(host, "[::1]:22");
});

Deno.test("resolveProbe() takes all that can be said of a request and its answer", () => {
  const { target, denyPrivate } = probeOf({
    ...{ url: "https://shop.example.com", method: "POST", body: "${TOKEN}", redirects: 0 },
    ...{ headers: { Authorization: "Bearer ${TOKEN}", host: "a.example.com" }, maxBytes: 2_048 },
    expect: {
      ...{ status: ["2xx", 301], contains: "Welcome", certificateDays: 14 },
      json: { path: "status.db", equals: null },
    },
  }, { sources: { probe: { denyPrivate: true } } });
  assert(target.kind === "http");
  assertEquals(target.method, "POST");
  assertEquals(target.body?.reveal(), "geheim-123");
  assertEquals(target.headers, {
    authorization: new Secret("Bearer geheim-123"),
    host: new Secret("a.example.com"),
  });
  assertEquals(target.headers["authorization"]?.reveal(), "Bearer geheim-123");
  assertEquals([target.redirects, target.maxBytes, denyPrivate], [0, 2_048, true]);
  assertEquals(target.expect, {
    statuses: [{ from: 200, to: 299 }, { from: 301, to: 301 }],
    ...{ contains: "Welcome", certificateDays: 14 },
    json: { path: "$.status.db", equals: { value: null } },
  });
});

Deno.test("resolveProbe() takes no longer for a look than the interval", () => {
  const timesOf = (source: object) => {
    const probe = probeOf({ url: "https://shop.example.com", ...source });
    return [probe.intervalMs, probe.timeoutMs, probe.silenceMs];
  };
  assertEquals(timesOf({ interval: "1s" }), [1_000, 1_000, 3_000]);
  assertEquals(timesOf({ interval: "1m", timeout: "20s" }), [60_000, 20_000, 140_000]);
  assertEquals(timesOf({ interval: "5s", timeout: "5s" }), [5_000, 5_000, 15_000]);
});

Deno.test("resolveProbe() may reach the same host with TLS where plain requests are redirected", () => {
  const hostsOf = (source: Readonly<Record<string, unknown>>) => probeOf(source).hosts;
  const both = ["shop.example.com:80", "shop.example.com:443"];
  assertEquals(hostsOf({ url: "http://shop.example.com/" }), both);
  assertEquals(hostsOf({ url: "http://shop.example.com/", redirects: 0 }), both.slice(0, 1));
  assertEquals(hostsOf({ url: "http://shop.example.com:8080/" }), ["shop.example.com:8080"]);
});

Deno.test("resolveProbe() shows nothing that may be secret", () => {
  const { url, ...rest } = { url: "${SHOP_URL}", headers: { authorization: "${TOKEN}" } };
  const source = { url, ...rest, method: "POST", body: "${TOKEN}" };
  const probe = probeOf(source);
  assertEquals(probe.about, "POST https://shop.example.com:8443/");
  const shown = JSON.stringify(probe) + Deno.inspect(probe, { depth: 10 });
  assert(!shown.includes("geheim"), shown);
});

Deno.test("resolveProbe() says of each wrong value what would be right", async (t) => {
  const url = "https://shop.example.com/";
  const tcp = "tcp://db.example.com:5432";
  const onlyHttp = "is for http:// and https:// only";
  const rows: [name: string, source: Record<string, unknown>, issues: string[]][] = [
    ["no address", {}, [
      'url: is missing; it must be an address such as "https://shop.example.com/health"',
    ]],
    ["no address of the web", { url: "ftp://geheim" }, [
      "url: must be an address that begins with http://, https:// or tcp://",
    ]],
    ["a number for an address", { url: 12345 }, [
      'url: must be an address such as "https://shop.example.com/health"',
    ]],
    ["a variable that is not there", { url: "${NOT_SET}" }, [
      "url: the environment has no NOT_SET",
    ]],
    ["a fragment", { url: `${url}#geheim` }, ["url: must be an address without a #fragment"]],
    ["several hosts", { url: "http://*/" }, [
      'url: must name one host such as "hooks.example.com" or "10.0.0.7"',
    ]],
    ["no port", { url: "tcp://db.example.com" }, [
      'url: must be a host and its port alone, as in "tcp://db.example.com:5432"',
    ]],
    ["a path behind a port", { url: `${tcp}/geheim` }, [
      'url: must be a host and its port alone, as in "tcp://db.example.com:5432"',
    ]],
    ["a request to a port", { url: tcp, method: "GET", expect: {} }, [
      `method: ${onlyHttp}`,
      `expect: ${onlyHttp}`,
    ]],
    ["a method of its own", { url, method: "get" }, [
      'method: must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, got "get"; ' +
      'did you mean "GET"?',
    ]],
    ["a body that is not sent", { url, body: "geheim" }, [
      'body: cannot go with GET; "method": "POST" would take it',
    ]],
    ["a header that breaks the line", { url, headers: { "x-a": "geheim\nx-b: c" } }, [
      "headers.x-a: must be characters of ASCII without line breaks, and without spaces at the ends",
    ]],
    ["a header of the connection", { url, headers: { "Content-Length": "5" } }, [
      "headers.Content-Length: is not a header that can be given",
    ]],
    ["a header twice", { url, headers: { "x-a": "1", "X-A": "2" } }, [
      "headers.X-A: is given twice",
    ]],
    ["a header that is no text", { url, headers: { "x-a": { geheim: 1 } } }, [
      "headers.x-a: must be a text of at most 8192 characters",
    ]],
    ["no status", { url, expect: { status: 99 } }, [
      'expect.status: must be a status such as 200, or "2xx", got 99',
    ]],
    ["no path", { url, expect: { json: { path: "$.status[" } } }, [
      "expect.json.path: must be a JSONPath of RFC 9535",
    ]],
    ["too often", { url, interval: "500ms" }, ['interval: must be from 1s to 24h, got "500ms"']],
    ["longer than the interval", { url, interval: "5s", timeout: "6s" }, [
      'timeout: must be from 100ms to 5s, got "6s"',
    ]],
    ["a mistyped key", { url, intervall: "5s" }, [
      'intervall: unknown key; did you mean "interval"?',
    ]],
  ];
  for (const [name, source, issues] of rows) {
    await t.step(name, () => {
      const wrong = wrongWith(source);
      assertEquals(wrong, issues);
      assert(!wrong.join().includes("geheim"));
    });
  }
});

Deno.test("resolveServices() lets a probed service be silent for two looks, unless its rules say otherwise", () => {
  const limitsOf = (service: object, rules?: object[]) => {
    const source = { kind: "probe", url: "https://shop.example.com", interval: "1m" };
    const file = { services: [{ name: "shop", source, ...service }], ...(rules && { rules }) };
    const found = parseConfig(JSON.stringify(file)).services[0]?.rules;
    return found?.flatMap((rule) =>
      rule.kind === "missingHeartbeat" ? [[rule.limitMs, rule.criticalMs]] : []
    );
  };
  assertEquals(limitsOf({}), [[130_000, null]]);
  const own = { rules: { SERVICE_DOWN: { missingHeartbeat: "10s" } } };
  assertEquals(limitsOf(own), [[10_000, null]]);
  const staged = { name: "LATE", missingHeartbeat: "5s", critical: "15s" };
  assertEquals(limitsOf({}, [staged]), [[130_000, 140_000]]);
  const patient = { name: "LATE", missingHeartbeat: "10m" };
  assertEquals(limitsOf({}, [patient]), [[600_000, null]]);
});

Deno.test("reachableHosts() names what probes look at, each once", () => {
  const probe = (name: string, url: string) => ({ name, source: { kind: "probe", url } });
  const services = [
    probe("a", "https://shop.example.com/a"),
    probe("b", "https://shop.example.com/b"),
    probe("c", "tcp://db.example.com:5432"),
  ];
  assertEquals(reachableHosts(parseConfig(JSON.stringify({ services }))), [
    "shop.example.com:443",
    "db.example.com:5432",
  ]);
});
