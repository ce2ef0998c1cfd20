import { assert, assertEquals, assertFalse } from "@std/assert";

import { toMail } from "@/lib/notify/receivers/email.ts";
import type { DeliveryResult } from "@/lib/ports/receiver.ts";
import { Secret } from "@/lib/ports/secret.ts";

import { MailServer } from "../../support/mail_server.ts";
import { deliver, FIRING, RESOLVED } from "./tools.ts";

async function mail(
  port: number,
  user = "",
  options: { readonly signal?: AbortSignal; readonly message?: typeof FIRING } = {},
): Promise<DeliveryResult> {
  const target = {
    kind: "email",
    url: new Secret(`smtp://${user}127.0.0.1:${port}`),
    from: "Vitals <vitals@example.com>",
    to: ["ops@example.com", "anna@example.com"],
  } as const;
  return await deliver(target, options.message ?? FIRING, options.signal);
}

const REFUSED = (code: number, text: string) =>
  Object.assign(new Error(text), { responseCode: code });

Deno.test("email: a mail with text and HTML reaches every recipient", async () => {
  await using server = new MailServer();
  const port = await server.listen();
  assertEquals((await mail(port)).kind, "delivered");
  assertEquals(server.recipients, ["ops@example.com", "anna@example.com"]);
  const [text = ""] = server.mails;
  assert(text.includes("From: Vitals <vitals@example.com>"), text);
  assert(text.includes("Subject: [WARNING] checkout: HIGH_CPU, CPU 93.1 % above 85 % for 3"), text);
  assert(/^Auto-Submitted: auto-generated\r?$/mi.test(text), text);
  assert(text.includes("multipart/alternative"), text);
});

Deno.test("email: with a name and a password", async () => {
  const seen: string[] = [];
  await using server = new MailServer({
    authOptional: false,
    onAuth: ({ username, password }, _session, done) => {
      seen.push(`${username}:${password}`);
      done(null, { user: username });
    },
  });
  const port = await server.listen();
  assertEquals((await mail(port, "vitals:p%40ss@")).kind, "delivered");
  assertEquals(seen, ["vitals:p@ss"]);
});

Deno.test("email: a refused password is final, and is not told", async () => {
  await using server = new MailServer({
    authOptional: false,
    onAuth: ({ password }, _session, done) => done(REFUSED(535, `bad password ${password}`)),
  });
  const result = await mail(await server.listen(), "vitals:secretword@");
  assert(result.kind === "permanent");
  assert(result.reason.startsWith("SMTP 535"), result.reason);
  assertFalse(result.reason.includes("secretword"), result.reason);
});

Deno.test("email: a refusal for now may pass, a final one is final", async (t) => {
  for (const [code, kind] of [[451, "passing"], [550, "permanent"]] as const) {
    await t.step(String(code), async () => {
      await using server = new MailServer({
        onRcptTo: (_address, _session, done) => done(REFUSED(code, "not this one")),
      });
      const result = await mail(await server.listen());
      assertEquals(result.kind, kind);
      assert("reason" in result && result.reason.includes(String(code)));
    });
  }
});

Deno.test("email: a server that is not there may come back", async () => {
  const server = new MailServer();
  const port = await server.listen();
  await server[Symbol.asyncDispose]();
  const result = await mail(port);
  assertEquals(result.kind, "passing");
});

Deno.test("email: a server that never answers is left when the time is over", async () => {
  const begun = Promise.withResolvers<void>();
  await using server = new MailServer({ onMailFrom: () => begun.resolve() });
  const abort = new AbortController();
  const sent = mail(await server.listen(), "", { signal: abort.signal });
  await begun.promise;
  abort.abort();
  const result = await sent;
  assertEquals(result.kind, "passing");
  assert("reason" in result && result.reason.endsWith("no answer in time"));
});

Deno.test("email: all mails of an incident make one thread, each with an id of its own", () => {
  const target = { url: new Secret("smtp://h"), from: "vitals@example.com", to: ["a@example.com"] };
  const [first, last] = [toMail(FIRING, target), toMail(RESOLVED, target)];
  assertEquals(first.references, last.references);
  assert(first.messageId !== last.messageId);
  assert(/^<[\w.-]+@example\.com>$/.test(first.messageId), first.messageId);
  assert(/^<[\w.-]+@example\.com>$/.test(first.references[0] ?? ""), first.references[0]);
});

Deno.test("email: HTML in any text is text", () => {
  const target = { url: new Secret("smtp://h"), from: "vitals@example.com", to: ["a@example.com"] };
  const evil = '<img src=x onerror="alert(1)">';
  const { html } = toMail({ ...FIRING, title: evil, affected: [evil] }, target);
  assertFalse(html.includes("<img"), html);
});
