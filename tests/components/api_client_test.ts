import { assertEquals } from "@std/assert";

import { type Answer, type ApiRequest, callApi, explainFailure } from "@/components/api_client.ts";

const ACK: ApiRequest = { method: "POST", path: "/api/alerts/a:b/ack", body: { by: "Anna" } };

Deno.test("callApi() sends JSON, and no credentials beside the cookie of the browser", async () => {
  const sent: [string, RequestInit][] = [];
  await callApi(ACK, {
    send: (path, init) => {
      sent.push([path, init]);
      return Promise.resolve(Response.json({}));
    },
  });
  const [[path, init] = ["", {}]] = sent;
  const headers = new Headers(init.headers);
  assertEquals([path, init.method, init.body], [ACK.path, "POST", '{"by":"Anna"}']);
  assertEquals(headers.get("content-type"), "application/json");
  assertEquals(headers.get("authorization"), null);
});

Deno.test("callApi() sends no body where there is none", async () => {
  const bodies: unknown[] = [];
  await callApi({ method: "DELETE", path: "/api/silences/s1" }, {
    send: (_, init) => {
      bodies.push(init.body, new Headers(init.headers).get("content-type"));
      return Promise.resolve(new Response(null, { status: 204 }));
    },
  });
  assertEquals(bodies, [undefined, null]);
});

Deno.test("callApi() tells what came of it", async (t) => {
  const refused = { kind: "refused", status: 422, detail: "Cannot make the silence" } as const;
  const rows: readonly (readonly [name: string, response: Response, answer: Answer])[] = [
    ["done", Response.json({ id: "s1" }), { kind: "done", value: { id: "s1" } }],
    ["done, no body", new Response(null, { status: 204 }), { kind: "done", value: null }],
    [
      "a problem with issues",
      problem(422, {
        detail: refused.detail,
        issues: [{ path: "endsAt", message: "must be in the future" }, { path: "", message: "no" }],
      }),
      { ...refused, issues: ["endsAt: must be in the future", "no"] },
    ],
    [
      "a problem without details",
      problem(409, { title: "Conflict" }),
      { kind: "refused", status: 409, detail: "Conflict", issues: [] },
    ],
    [
      "an error of a proxy",
      new Response("<h1>Bad Gateway</h1>", { status: 502 }),
      { kind: "refused", status: 502, detail: "HTTP 502", issues: [] },
    ],
  ];
  for (const [name, response, answer] of rows) {
    await t.step(name, async () => {
      assertEquals(
        await callApi(ACK, { send: () => Promise.resolve(response) }),
        answer,
      );
    });
  }
});

Deno.test("callApi() does not reject when there is no answer", async () => {
  const send = () => Promise.reject(new TypeError("network"));
  assertEquals(await callApi(ACK, { send }), { kind: "unreachable" });
});

Deno.test("explainFailure() says what to do", () => {
  const refused = { kind: "refused", status: 409, detail: "It has resolved", issues: [] } as const;
  assertEquals(
    explainFailure({ kind: "unreachable" }),
    "Vitals did not answer. Is the connection down?",
  );
  assertEquals(
    explainFailure({ ...refused, status: 401 }),
    "Sign in to do this: there is no session, or it has ended.",
  );
  assertEquals(explainFailure(refused), "It has resolved");
});

function problem(status: number, body: unknown): Response {
  const headers = { "content-type": "application/problem+json" };
  return Response.json(body, { status, headers });
}
