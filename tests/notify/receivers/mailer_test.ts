import { assert, assertEquals } from "@std/assert";

import { type Mail, openMailer, requiresTls } from "@/lib/notify/receivers/mailer.ts";
import { Secret } from "@/lib/ports/secret.ts";

import { MailServer } from "../../support/mail_server.ts";

const MAIL: Mail = {
  ...{ from: "vitals@example.com", to: ["ops@example.com"], subject: "x", text: "x", html: "x" },
  ...{ messageId: "<1@example.com>", references: [], headers: {}, isUrgent: false },
};

async function readPem(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));
}

/** A server whose certificate `authority.pem` vouches for, and what was seen of who logged in. */
async function startSecureServer(): Promise<Record<"smtps" | "smtp", SecureServer>> {
  const [cert, key] = await Promise.all([readPem("certificate"), readPem("key")]);
  function start(options: { readonly secure?: boolean }): SecureServer {
    const isSecure: boolean[] = [];
    const server = new MailServer({
      ...{ cert, key, authOptional: false, disabledCommands: [], ...options },
      onAuth: ({ username }, session, done) => {
        isSecure.push(session.secure);
        done(null, { user: username });
      },
    });
    return { server, isSecure };
  }
  return { smtps: start({ secure: true }), smtp: start({}) };
}

interface SecureServer {
  readonly server: MailServer;
  /** For each login, whether it was encrypted. */
  readonly isSecure: boolean[];
}

Deno.test("openMailer() encrypts: at once for smtps, when the server offers it for smtp", async (t) => {
  const servers = await startSecureServer();
  const authority = await readPem("authority");
  for (const protocol of ["smtps", "smtp"] as const) {
    await t.step(protocol, async () => {
      const { server, isSecure } = servers[protocol];
      await using _ = server;
      const url = new Secret(`${protocol}://anna:horse@127.0.0.1:${await server.listen()}`);
      const mailer = await openMailer(url, { authority });
      assertEquals(await mailer.send(MAIL), null);
      mailer.close();
      assertEquals(isSecure, [true]);
      assertEquals(server.recipients, ["ops@example.com"]);
    });
  }
});

Deno.test("openMailer() tells nothing to a server that nobody vouches for", async (t) => {
  const servers = await startSecureServer();
  for (const protocol of ["smtps", "smtp"] as const) {
    await t.step(protocol, async () => {
      const { server, isSecure } = servers[protocol];
      await using _ = server;
      const url = new Secret(`${protocol}://anna:horse@127.0.0.1:${await server.listen()}`);
      const mailer = await openMailer(url);
      const failure = await mailer.send(MAIL);
      mailer.close();
      assert(failure !== null && !failure.isFinal && /cert|issuer/i.test(failure.reason));
      assertEquals([isSecure, server.mails], [[], []]);
    });
  }
});

Deno.test("requiresTls() where a password would leave this machine", () => {
  assertEquals(
    ["smtp://a:b@mail.example.com", "smtp://a:b@127.0.0.1", "smtp://a:b@[::1]", "smtp://10.0.0.7"]
      .map((url) => requiresTls(new URL(url))),
    [true, false, false, false],
  );
});

Deno.test("openMailer() says what to do when the permission for the host is missing", {
  permissions: { net: false, read: "inherit" },
}, async () => {
  const mailer = await openMailer(new Secret("smtp://mail.example.com:2525"));
  const failure = await mailer.send(MAIL);
  mailer.close();
  assertEquals(failure, {
    code: null,
    reason: "Vitals may not reach it yet: restart it, so that it gets the permission",
    isFinal: true,
  });
});

Deno.test("openMailer() can be closed before it sends, and amid connecting", async () => {
  await using server = new MailServer();
  const url = new Secret(`smtp://127.0.0.1:${await server.listen()}`);
  (await openMailer(url)).close();
  const mailer = await openMailer(url);
  const sent = mailer.send(MAIL);
  mailer.close();
  assertEquals((await sent)?.isFinal, false);
});
