import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { clientOf } from "@/lib/access/client_of.ts";
import type { Client } from "@/lib/ports/access.ts";
import type { TrustProxy } from "@/lib/ports/monitor_config.ts";

interface Given {
  readonly peer?: string | null;
  readonly trust?: TrustProxy;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isSecure?: boolean;
}

function client(
  { peer = "127.0.0.1", trust = false, headers = {}, isSecure = false }: Given,
): Client {
  return clientOf(
    { peer, host: headers.host ?? null, headers: new Headers(headers), isSecure },
    trust,
  );
}

const XFF = "x-forwarded-for";

Deno.test("clientOf() calls local what comes over loopback to this machine's name, past no proxy", async (t) => {
  const host = (name: string) => ({ headers: { host: name } });
  const rows: readonly [name: string, given: Given, isLocal: boolean][] = [
    ["no host", {}, true],
    ["127.0.0.1", host("127.0.0.1:8000"), true],
    ["localhost", host("localhost"), true],
    ["[::1]", { peer: "::1", ...host("[::1]:8000") }, true],
    ["127.8.9.1", { peer: "127.8.9.1" }, true],
    ["IPv4 in IPv6", { peer: "::ffff:127.0.0.1" }, true],
    ["another name", host("vitals.lan:8000"), false],
    ["a name that begins so", host("127.0.0.1.evil.example"), false],
    ["another machine", { peer: "192.0.2.7" }, false],
    ["another machine that says so", { peer: "192.0.2.7", ...host("127.0.0.1:8000") }, false],
    ["a machine of IPv6", { peer: "2001:db8::1" }, false],
    ["no address", { peer: null }, false],
    ["no address at all", { peer: "vitals.lan" }, false],
  ];
  for (const [name, given, expected] of rows) {
    await t.step(name, () => assertEquals(client(given).isLocal, expected));
  }
});

Deno.test("clientOf() calls nothing local that a proxy passed on, trusted or not", () => {
  const names = [
    ...["forwarded", "via", XFF, "x-real-ip", "x-forwarded-host", "x-forwarded-proto"],
    ...["cf-connecting-ip", "true-client-ip"],
  ];
  for (const name of names) {
    for (const trust of [false, 1, 2, ["127.0.0.1"]] as const) {
      for (const value of ["127.0.0.1", "for=127.0.0.1", "http", ""]) {
        assertEquals(client({ headers: { [name]: value }, trust }).isLocal, false, name);
      }
    }
  }
});

Deno.test("clientOf() takes the address of the nearest that is no trusted proxy", async (t) => {
  const net = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"];
  const rows: readonly [
    name: string,
    trust: TrustProxy,
    headers: Readonly<Record<string, string>>,
    address: string,
  ][] = [
    ["trusts nobody", false, { [XFF]: "192.0.2.7" }, "127.0.0.1"],
    ["one hop", 1, { [XFF]: "192.0.2.7" }, "192.0.2.7"],
    ["one hop, the client lies", 1, { [XFF]: "8.8.8.8, 192.0.2.7" }, "192.0.2.7"],
    ["two hops", 2, { [XFF]: "8.8.8.8, 192.0.2.7, 10.1.1.1" }, "192.0.2.7"],
    ["more hops than there are", 3, { [XFF]: "192.0.2.7" }, "192.0.2.7"],
    ["no header", 1, {}, "127.0.0.1"],
    ["addresses", net, { [XFF]: "8.8.8.8, 192.0.2.7, 10.1.1.1" }, "192.0.2.7"],
    ["addresses, IPv6", net, { [XFF]: "2001:db8::1, fd00::5" }, "2001:db8::1"],
    ["addresses, all trusted", net, { [XFF]: "10.0.0.9, 10.0.0.8" }, "10.0.0.9"],
    ["a word", 1, { [XFF]: "unknown" }, "127.0.0.1"],
    ["a word before", 2, { [XFF]: "unknown, 192.0.2.7" }, "192.0.2.7"],
    ["a port", 1, { [XFF]: "192.0.2.7:4711" }, "192.0.2.7"],
    ["IPv6 and a port", 1, { [XFF]: "[2001:db8::1]:4711" }, "2001:db8::1"],
    ["IPv4 in IPv6", 1, { [XFF]: "::ffff:192.0.2.7" }, "192.0.2.7"],
    ["Forwarded", 1, { forwarded: "for=192.0.2.7;proto=https" }, "192.0.2.7"],
    ["Forwarded, quoted", 1, { forwarded: 'For="[2001:db8::1]:4711"' }, "2001:db8::1"],
    ["Forwarded, hidden", 1, { forwarded: "for=_hidden" }, "127.0.0.1"],
    ["both, the same", 1, { forwarded: "for=192.0.2.7", [XFF]: "192.0.2.7" }, "192.0.2.7"],
    ["both, not the same", 1, { forwarded: "for=8.8.8.8", [XFF]: "192.0.2.7" }, "127.0.0.1"],
  ];
  for (const [name, trust, headers, address] of rows) {
    await t.step(name, () => assertEquals(client({ trust, headers }).address, address));
  }
  await t.step("a stranger is no proxy", () => {
    const given = { peer: "192.0.2.9", trust: net, headers: { [XFF]: "192.0.2.7" } };
    assertEquals(client(given).address, "192.0.2.9");
  });
});

Deno.test("clientOf() knows https from the connection or a trusted proxy", async (t) => {
  const proto = (value: string) => ({ "x-forwarded-proto": value, [XFF]: "192.0.2.7" });
  const rows: readonly [name: string, given: Given, isSecure: boolean][] = [
    ["plain", {}, false],
    ["https itself", { isSecure: true }, true],
    ["a proxy that is not trusted", { headers: proto("https") }, false],
    ["a trusted one", { trust: 1, headers: proto("https") }, true],
    ["a trusted one over http", { trust: 1, headers: proto("http") }, false],
    ["the client lies", { trust: 1, headers: proto("https, http") }, false],
    ["Forwarded", { trust: 1, headers: { forwarded: "for=192.0.2.7; proto=https" } }, true],
    ["a trusted one that says no address", {
      trust: ["127.0.0.1"],
      headers: { "x-forwarded-proto": "https" },
    }, true],
  ];
  for (const [name, given, expected] of rows) {
    await t.step(name, () => assertEquals(client(given).isSecure, expected));
  }
});

Deno.test("clientOf() takes any header without failing, and nothing a client adds in front counts", () => {
  const noise = fc.array(fc.constantFrom("127.0.0.1", "::1", "[", '"', "for=", ";", ",", "x", "%"));
  fc.assert(fc.property(noise, fc.constantFrom(XFF, "forwarded"), (pieces, name) => {
    const lie = pieces.join("");
    const said = name === XFF ? "192.0.2.7" : "for=192.0.2.7";
    const headers = {
      [name]: name === XFF ? `${lie}, ${said}` : `${lie.replaceAll('"', "")}, ${said}`,
    };
    const found = client({ trust: 1, headers });
    assertEquals(found.address, "192.0.2.7");
    assert(!found.isLocal);
  }));
});
