import { assertEquals } from "@std/assert";
import { Webhook } from "standardwebhooks";

import { parseConfig } from "@/lib/config/parse_config.ts";
import { deliver, FIRING, NOW } from "../notify/receivers/tools.ts";
import { Secret } from "@/lib/ports/secret.ts";

/** What the environment holds for the examples of the document. */
const VARIABLES: Readonly<Record<string, string>> = {
  SLACK_URL: "https://hooks.example.com/a/b",
  DISCORD_URL: "https://discord.example.com/c/d",
  NTFY_TOPIC: "vitals-5ea1",
  NTFY_TOKEN: "tk_5ea1",
  SMTP_USER: "vitals",
  SMTP_PASSWORD: "p@ss/word",
  HOOK_SECRET: `whsec_${btoa("0123456789abcdef0123456789abcdef")}`,
};

async function readBlocks(kind: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../docs/receivers.md", import.meta.url));
  const blocks = text.matchAll(/^```(\S+)\n([^]*?)\n?^```$/gm);
  return [...blocks].flatMap(([, is, block = ""]) => is === kind ? [block] : []);
}

Deno.test("receivers.md sets up every kind, with files that parseConfig() takes", async () => {
  const env = (name: string) => VARIABLES[name];
  const configs = (await readBlocks("jsonc")).map((text) => parseConfig(text, { env }));
  assertEquals(
    configs.flatMap(({ receivers }) => receivers.map(({ target }) => target.kind)),
    ["log", "slack", "discord", "ntfy", "email", "webhook"],
  );
});

Deno.test("receivers.md shows what a webhook gets", async () => {
  const { promise, resolve } = Promise.withResolvers<Received>();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      resolve({ body: await request.text(), headers: Object.fromEntries(request.headers) });
      return new Response(null, { status: 204 });
    },
  );
  const secret = VARIABLES.HOOK_SECRET ?? "";
  const url = new Secret(`http://127.0.0.1:${server.addr.port}/`);
  const id = "nloyw3v28x1";
  await deliver({ kind: "webhook", url, secret: new Secret(secret) }, { ...FIRING, id });
  const { body, headers } = await promise;
  const [shown = "null"] = await readBlocks("json");
  assertEquals(JSON.parse(body), JSON.parse(shown));
  assertEquals(headers["webhook-id"], id);
  assertEquals(headers["webhook-timestamp"], String(NOW / 1_000));
  const signature = new Webhook(secret).sign(id, new Date(NOW), body);
  assertEquals(headers["webhook-signature"], signature);
});

interface Received {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}
