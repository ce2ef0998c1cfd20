import { assertEquals } from "@std/assert";

import { isAllowedOrigin, isOwnHost, type OriginRules } from "@/lib/live/origin.ts";

interface Case extends Partial<OriginRules> {
  readonly name: string;
  readonly origin: string | null;
  readonly want: boolean;
}

const STATUS_PAGE = ["https://status.example.org"];

const CASES: readonly Case[] = [
  { name: "no Origin: a script or curl", origin: null, want: true },
  { name: "same host and port", origin: "http://vitals.lan:8000", want: true },
  { name: "same host in another case", origin: "http://VITALS.lan:8000", want: true },
  { name: "same host, TLS ended by a proxy", origin: "https://vitals.lan:8000", want: true },
  {
    name: "default port left out by one side",
    origin: "https://a.org",
    host: "a.org:443",
    want: true,
  },
  { name: "IPv6", origin: "http://[::1]:8000", host: "[::1]:8000", want: true },
  { name: "another port", origin: "http://vitals.lan:8001", want: false },
  { name: "the default port instead", origin: "http://vitals.lan", want: false },
  { name: "another host", origin: "https://evil.example", want: false },
  { name: "a host that begins alike", origin: "http://vitals.lan.evil.example:8000", want: false },
  { name: "a host that ends alike", origin: "http://evil-vitals.lan:8000", want: false },
  { name: "our host as user name", origin: "http://vitals.lan:8000@evil.example", want: false },
  { name: "a sandboxed frame or a file", origin: "null", want: false },
  { name: "an empty header", origin: "", want: false },
  { name: "no URL", origin: "vitals.lan:8000", want: false },
  { name: "another scheme", origin: "chrome-extension://vitals.lan:8000", want: false },
  { name: "no Host header", origin: "http://vitals.lan:8000", host: null, want: false },
  { name: "a broken Host header", origin: "http://vitals.lan:8000", host: "a b", want: false },
  {
    name: "a configured origin",
    origin: "https://status.example.org",
    configured: STATUS_PAGE,
    want: true,
  },
  {
    name: "a configured origin with a slash",
    origin: "https://status.example.org",
    configured: ["https://status.example.org/"],
    want: true,
  },
  {
    name: "a configured origin by another scheme",
    origin: "http://status.example.org",
    configured: STATUS_PAGE,
    want: false,
  },
  {
    name: "null, though configuration is broken",
    origin: "null",
    configured: ["null", "nonsense"],
    want: false,
  },
];

Deno.test("isAllowedOrigin() admits same-origin pages, configured origins, and what is no page", async (t) => {
  for (const { name, origin, want, ...rules } of CASES) {
    await t.step(name, () => {
      const all = { host: "vitals.lan:8000", configured: [], ...rules };
      assertEquals(isAllowedOrigin(origin, all), want);
    });
  }
});

Deno.test("isOwnHost() knows this machine and configured names, and no rebound one", async (t) => {
  const rows: readonly (readonly [string | null, boolean])[] = [
    ["localhost", true],
    ["LOCALHOST:8000", true],
    ["127.0.0.1:8000", true],
    ["127.0.0.2:8000", true],
    ["[::1]:8000", true],
    ["status.example.org", true],
    ["status.example.org:8443", true],
    ["evil.example:8000", false],
    ["127.0.0.1.evil.example", false],
    ["localhost.evil.example", false],
    ["192.168.1.5", false],
    ["a b", false],
    ["", false],
    [null, false],
  ];
  for (const [host, want] of rows) {
    await t.step(`${host}`, () => assertEquals(isOwnHost(host, STATUS_PAGE), want));
  }
});
