import { assertEquals } from "@std/assert";

import { explainOrigin, isOrigin } from "@/lib/config/web_origin.ts";

Deno.test("isOrigin() takes an origin exactly as browsers send it", async (t) => {
  const rows: [text: string, isOne: boolean][] = [
    ["https://vitals.example.com", true],
    ["http://vitals.lan:8000", true],
    ["http://localhost", true],
    ["http://10.0.0.7:8443", true],
    ["http://[::1]:8000", true],
    ["https://xn--bcher-kva.example", true],
    ["https://vitals.example.com/", false],
    ["https://vitals.example.com/app", false],
    ["https://vitals.example.com?", false],
    ["https://vitals.example.com#", false],
    ["https://Vitals.example.com", false],
    ["HTTPS://vitals.example.com", false],
    ["https://vitals.example.com:443", false],
    ["http://vitals.lan:80", false],
    ["http://vitals.lan:99999", false],
    ["https://user@vitals.example.com", false],
    ["https://bücher.example", false],
    ["https://*.example.com", false],
    ["https://vitals.example.com\n", false],
    [" https://vitals.example.com", false],
    ["wss://vitals.example.com", false],
    ["chrome-extension://abcdef", false],
    ["vitals.example.com", false],
    ["vitals.example.com:8443", false],
    ["//vitals.example.com", false],
    ["https://", false],
    ["null", false],
    ["*", false],
    ["", false],
  ];
  for (const [text, isOne] of rows) {
    await t.step(JSON.stringify(text), () => assertEquals(isOrigin(text), isOne));
  }
});

Deno.test("explainOrigin() says which origin was meant, if there is one", async (t) => {
  const example = 'must be an origin such as "https://vitals.example.com"';
  const rows: [text: unknown, message: string][] = [
    ["https://a.example/app?x", 'must be the bare origin "https://a.example"'],
    ["https://A.example:443", 'must be the bare origin "https://a.example"'],
    ["https://user:secret@a.example", 'must be the bare origin "https://a.example"'],
    ["https://bücher.example", 'must be the bare origin "https://xn--bcher-kva.example"'],
    ["https://*.example.com/", example],
    ["wss://a.example", example],
    ["a.example:8443", example],
    ["null", example],
    [8000, example],
    [null, example],
  ];
  for (const [text, message] of rows) {
    await t.step(JSON.stringify(text), () => assertEquals(explainOrigin(text), message));
  }
});
