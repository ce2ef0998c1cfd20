import { assertEquals } from "@std/assert";

import {
  beginSessionCookie,
  endSessionCookie,
  readSessionCookie,
} from "@/lib/protocol/session_cookie.ts";

const [PLAIN, SECURE] = [{ isSecure: false }, { isSecure: true }];

Deno.test("beginSessionCookie() is for no script and no other site, and over https for https alone", () => {
  const rest = "Path=/; HttpOnly; SameSite=Strict";
  assertEquals(beginSessionCookie("x", PLAIN), `vitals_session=x; ${rest}`);
  assertEquals(beginSessionCookie("x", SECURE), `__Host-vitals_session=x; ${rest}; Secure`);
});

Deno.test("endSessionCookie() takes away what beginSessionCookie() has set", () => {
  for (const options of [PLAIN, SECURE]) {
    const [begin = "", end = ""] = [beginSessionCookie("", options), endSessionCookie(options)];
    assertEquals(end, `${begin}; Max-Age=0`);
  }
});

Deno.test("readSessionCookie() takes the cookie of the connection's own kind", () => {
  const rows: readonly [cookies: string | null, plain: string | null, secure: string | null][] = [
    [null, null, null],
    ["", null, null],
    ["theme=dark; vitals_session=a; x=y", "a", null],
    ["vitals_session=a; __Host-vitals_session=b", "a", "b"],
    ["my_vitals_session=a", null, null],
    ["vitals_session=", "", null],
  ];
  for (const [cookies, plain, secure] of rows) {
    assertEquals(readSessionCookie(cookies, PLAIN), plain);
    assertEquals(readSessionCookie(cookies, SECURE), secure);
  }
});
