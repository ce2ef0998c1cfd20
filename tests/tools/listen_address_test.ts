import { assertEquals, assertMatch, assertThrows } from "@std/assert";

import {
  formatListenAddress,
  formatListenFailure,
  parseListenAddress,
  visitAddress,
} from "@/tools/listen_address.ts";

Deno.test("parseListenAddress() takes 127.0.0.1:8000 when nothing is set", () => {
  const expected = { hostname: "127.0.0.1", port: 8000 };
  assertEquals(parseListenAddress({}), expected);
  assertEquals(parseListenAddress({ HOST: "", PORT: "" }), expected);
});

Deno.test("parseListenAddress() takes what is set", () => {
  const rows: [HOST: string, PORT: string, hostname: string, port: number][] = [
    ["0.0.0.0", "80", "0.0.0.0", 80],
    ["localhost", "0", "localhost", 0],
    ["::1", "65535", "::1", 65535],
    ["[::]", "8001", "::", 8001],
  ];
  for (const [HOST, PORT, hostname, port] of rows) {
    assertEquals(parseListenAddress({ HOST, PORT }), { hostname, port });
  }
});

Deno.test("parseListenAddress() names the variable, its value and what would be right", () => {
  for (const PORT of ["abc", "65536", "-1", "80.5", "8e3", " 80", "0x50"]) {
    assertThrows(
      () => parseListenAddress({ PORT }),
      RangeError,
      `Cannot use PORT "${PORT}": it must be a whole number from 0 to 65535`,
    );
  }
  for (const HOST of ["http://x", "a b", "a,b", "a/b"]) {
    assertThrows(
      () => parseListenAddress({ HOST }),
      RangeError,
      `Cannot use HOST "${HOST}": it must be a name or an address`,
    );
  }
});

Deno.test("formatListenAddress() writes IPv6 in brackets", () => {
  assertEquals(formatListenAddress({ hostname: "::1", port: 80 }), "[::1]:80");
  assertEquals(formatListenAddress({ hostname: "localhost", port: 80 }), "localhost:80");
});

Deno.test("formatListenFailure() says in one line what to do about a taken port", () => {
  const address = { hostname: "127.0.0.1", port: 8000 };
  const error = new Deno.errors.AddrInUse("os error 98");
  assertEquals(
    formatListenFailure({ address, error, task: "start" }),
    "Cannot listen on 127.0.0.1:8000: the port is taken; " +
      "set PORT to another one, for example PORT=8001 deno task start",
  );
});

Deno.test("formatListenFailure() proposes a port that exists", () => {
  const address = { hostname: "::1", port: 65535 };
  const error = new Deno.errors.AddrInUse();
  assertMatch(formatListenFailure({ address, error, task: "dev" }), / PORT=65534 deno task dev$/);
});

Deno.test("formatListenFailure() gives the reason of other errors", () => {
  const address = { hostname: "10.9.8.7", port: 80 };
  const rows: [error: unknown, end: RegExp][] = [
    [new Deno.errors.AddrNotAvailable("os error 99"), /set HOST to one that it has$/],
    [new Deno.errors.PermissionDenied("os error 13"), /set PORT to one above 1023$/],
    [new TypeError("no such name"), /10\.9\.8\.7:80: no such name$/],
    ["odd", /10\.9\.8\.7:80: odd$/],
  ];
  for (const [error, end] of rows) {
    assertMatch(formatListenFailure({ address, error, task: "start" }), end);
  }
});

Deno.test("visitAddress() is one that can be visited", () => {
  const rows = [["0.0.0.0", "localhost:80"], ["::", "localhost:80"], ["::1", "[::1]:80"]] as const;
  for (const [hostname, host] of rows) assertEquals(visitAddress({ hostname, port: 80 }), host);
});
