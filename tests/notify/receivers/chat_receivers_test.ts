import { assert, assertEquals, assertFalse } from "@std/assert";
import { Webhook } from "standardwebhooks";

import type { Notification } from "@/lib/domain/notification.ts";
import { toDiscordMessage } from "@/lib/notify/receivers/discord.ts";
import { toNtfyMessage } from "@/lib/notify/receivers/ntfy.ts";
import { toSlackMessage } from "@/lib/notify/receivers/slack.ts";
import { Secret } from "@/lib/ports/secret.ts";

import { ReceivingServer } from "../../support/receiving_server.ts";
import { ALERT, deliver, FIRING, RESOLVED } from "./tools.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Deno.test("webhook: the notification as JSON, with a signature that others verify", async () => {
  await using server = new ReceivingServer();
  const target = {
    kind: "webhook",
    url: new Secret(`${server.origin}/hook`),
    secret: new Secret(KEY),
  } as const;
  assertEquals(await deliver(target), { kind: "delivered", detail: "HTTP 204" });
  const [request] = server.received;
  assert(request !== undefined);
  assertEquals(request.headers.get("webhook-id"), "n1");
  assertEquals(request.headers.get("webhook-timestamp"), "1700000000");
  assertEquals(JSON.parse(request.body), { version: 1, ...FIRING });
  const verified = verify(request.headers, request.body);
  assertEquals(verified, { version: 1, ...FIRING });
});

/** The reference implementation wants a present time, so it signs again what it was to verify. */
function verify(headers: Headers, body: string): unknown {
  const at = new Date(Number(headers.get("webhook-timestamp")) * 1_000);
  const signature = new Webhook(KEY).sign(headers.get("webhook-id") ?? "", at, body);
  assertEquals(headers.get("webhook-signature"), signature);
  return JSON.parse(body);
}

Deno.test("webhook: without a key there is no signature", async () => {
  await using server = new ReceivingServer();
  await deliver({ kind: "webhook", url: new Secret(server.origin), secret: null });
  assertFalse(server.received[0]?.headers.has("webhook-signature"));
  assertEquals(server.received[0]?.headers.get("webhook-id"), "n1");
});

Deno.test("slack: text, colour, reasons and a link", async () => {
  await using server = new ReceivingServer();
  await deliver({ kind: "slack", url: new Secret(`${server.origin}/services/T/B/x`) });
  assertEquals(server.messages, [{
    text: "🟠 *checkout: HIGH_CPU, CPU 93.1 % above 85 % for 3 samples*",
    attachments: [{
      color: "#ecb22e",
      fallback: "checkout: HIGH_CPU, CPU 93.1 % above 85 % for 3 samples",
      text: [
        "• HIGH_CPU (warning): CPU 93.1 % above 85 % for 3 samples",
        "• since 2023-11-14T22:13:14Z, 6.0 s ago",
        "• affected: cart, shop",
        "<https://vitals.example.com/alerts/HIGH_CPU%3Acheckout%3Aloyw3v28|Why, and what to do>",
      ].join("\n"),
      footer: "Vitals",
      ts: 1_700_000_000,
    }],
  }]);
});

Deno.test("slack: what means something to Slack is text", () => {
  const { text, attachments } = toSlackMessage({ ...FIRING, title: "<!channel> & co" });
  assertEquals(text, "🟠 *&lt;!channel&gt; &amp; co*");
  assertEquals(attachments[0].fallback, "&lt;!channel&gt; &amp; co");
});

Deno.test("discord: an embed within its limits, that calls nobody by name", async () => {
  await using server = new ReceivingServer();
  await deliver(
    { kind: "discord", url: new Secret(`${server.origin}/api/webhooks/1/x`) },
    RESOLVED,
  );
  const [message] = server.messages;
  assertEquals(message, {
    allowed_mentions: { parse: [] },
    embeds: [{
      title: "🟢 checkout has recovered after 4 min",
      description: "- HIGH\\_CPU (warning) lasted 4 min, worst 95.0 %: " +
        "CPU 93.1 % above 85 % for 3 samples\n- began 2023-11-14T22:09:14Z, 4 min ago",
      color: 0x2eb67d,
      timestamp: "2023-11-14T22:13:20.000Z",
    }],
  });
  const long = toDiscordMessage({ ...FIRING, title: "x".repeat(500) });
  assertEquals(long.embeds[0].title.length, 256);
});

Deno.test("ntfy: published as JSON to the topic, urgent when critical, with a token", async () => {
  await using server = new ReceivingServer();
  const target = {
    kind: "ntfy",
    url: new Secret(`${server.origin}/my-topic`),
    token: new Secret("tk_secret"),
  } as const;
  await deliver(target, { ...FIRING, severity: "critical", title: "Müsli is DOWN" });
  const [request] = server.received;
  assertEquals(request?.path, "/");
  assertEquals(request?.headers.get("authorization"), "Bearer tk_secret");
  const [message] = server.messages;
  assertEquals([message?.topic, message?.title], ["my-topic", "Müsli is DOWN"]);
  assertEquals([message?.priority, message?.tags], [5, ["rotating_light"]]);
  assertEquals(message?.click, FIRING.url);
});

Deno.test("ntfy: a message stays within what a phone is sent, whatever the texts hold", () => {
  const alerts = Array.from({ length: 10 }, () => ({ ...ALERT, message: "😀".repeat(300) }));
  const { message } = toNtfyMessage({ ...FIRING, alerts }, "t");
  const bytes = new TextEncoder().encode(message);
  assert(bytes.length < 4_096 && bytes.length > 3_900, String(bytes.length));
  assert(message.endsWith("😀…"), message.slice(-10));
});

Deno.test("ntfy: a server below a path keeps it", async () => {
  await using server = new ReceivingServer();
  await deliver({ kind: "ntfy", url: new Secret(`${server.origin}/ntfy/t`), token: null });
  assertEquals([server.received[0]?.path, server.messages[0]?.topic], ["/ntfy/", "t"]);
});

Deno.test("log: delivered, in one line", async () => {
  const result = await deliver({ kind: "log" });
  assertEquals(result, { kind: "delivered", detail: "written to the log" });
});

Deno.test("every receiver tells what a person has to know: what, why, since when, who suffers, where", async (t) => {
  const long: Notification = {
    ...FIRING,
    affected: Array.from({ length: 25 }, (_, index) => `service-${index}`),
  };
  await using server = new ReceivingServer();
  const url = new Secret(`${server.origin}/x`);
  for (
    const target of [
      { kind: "slack", url },
      { kind: "discord", url },
      { kind: "ntfy", url, token: null },
      { kind: "webhook", url, secret: null },
    ] as const
  ) {
    await t.step(target.kind, async () => {
      await deliver(target, long);
      const text = server.received.at(-1)?.body ?? "";
      for (const part of ["checkout", "93.1 % above 85 %", "service-9", "vitals.example.com"]) {
        assert(text.includes(part), `${part} is not in ${text}`);
      }
      if (target.kind !== "webhook") assert(text.includes("15 more"), text);
    });
  }
});
