import { assert, assertEquals } from "@std/assert";

import { curlExample } from "@/lib/protocol/openapi/curl_example.ts";
import { OPERATIONS } from "@/lib/protocol/openapi/operations.ts";
import { curlRequest } from "@/tests/routes/openapi/curl_request.ts";

const WITH_SOCKET = OPERATIONS.filter(({ messages }) => messages !== undefined);

Deno.test("curlExample() says method, address and body of every operation", async () => {
  for (const operation of OPERATIONS) {
    if (WITH_SOCKET.includes(operation)) continue;
    const request = curlRequest(curlExample(operation));
    assertEquals(request.method, operation.method.toUpperCase());
    const pattern = operation.path.replace(/\{(\w+)\}/g, ":$1");
    assertEquals(new URLPattern({ pathname: pattern }).test(request.url), true, request.url);
    const [content] = operation.body?.content ?? [];
    const text = await request.text();
    const { type, example } = content ?? { type: null, example: "" };
    assertEquals(request.headers.get("content-type"), type);
    assertEquals(text, typeof example === "string" ? example : JSON.stringify(example));
  }
});

Deno.test("curlExample() keeps what a shell would take for itself", () => {
  const [first] = OPERATIONS;
  assert(first);
  const type = "application/json";
  const content = [{ type, schema: {}, example: { name: "it's $HOME `x` \\ & ?" } }];
  const command = curlExample({ ...first, body: { required: true, content } });
  assertEquals(
    command,
    "curl http://127.0.0.1:8000/api/samples --json " +
      `'{"name":"it'\\''s $HOME \`x\` \\\\ & ?"}'`,
  );
});

Deno.test("curlExample() quotes an address that a shell would read otherwise", () => {
  const [services] = OPERATIONS.filter(({ id }) => id === "listServices");
  assert(services);
  assertEquals(
    curlExample(services, { origin: "http://[::1]:80" }),
    "curl 'http://[::1]:80/api/services'",
  );
  assertEquals(
    curlExample(services, { origin: "http://a$(b)" }),
    "curl 'http://a$(b)/api/services'",
  );
});

Deno.test("curlExample() opens a socket with a program for that", () => {
  assertEquals(WITH_SOCKET.map((each) => curlExample(each)), [
    "npx wscat -c ws://127.0.0.1:8000/api/live",
  ]);
});

Deno.test("curlExample() sends the token where tokens are set and one is wanted", () => {
  const variables = { VITALS_TOKEN: "a token's text" };
  for (const operation of OPERATIONS) {
    const command = curlExample(operation, { hasTokens: true });
    const header = operation.scope === "public" ? null : "Bearer a token's text";
    if (WITH_SOCKET.includes(operation)) {
      const address = "ws://127.0.0.1:8000/api/live";
      assertEquals(command, `npx wscat -H "Authorization: Bearer $VITALS_TOKEN" -c ${address}`);
    } else {
      const { headers } = curlRequest(command, variables);
      assertEquals(headers.get("authorization"), header, command);
    }
  }
});
