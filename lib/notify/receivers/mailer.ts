/**
 * The adapter to mail servers, over nodemailer. It is loaded with the first mail, so that it costs nothing
 * where none is sent.
 *
 * @module
 */

import { connect, type Socket } from "node:net";

import type { Secret } from "@/lib/ports/secret.ts";

/** A mail. */
export interface Mail {
  /** The sender, as in a mail's header. */
  readonly from: string;
  /** The recipients, as in a mail's header. */
  readonly to: readonly string[];
  /** The first that is read. */
  readonly subject: string;
  /** The text for readers without HTML. */
  readonly text: string;
  /** The text for all others. */
  readonly html: string;
  /** Unique among all mails, in angle brackets. */
  readonly messageId: string;
  /** Ids of the mails that it belongs to. */
  readonly references: readonly string[];
  /** Further headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether readers should show it as important. */
  readonly isUrgent: boolean;
}

/** Why a mail was not taken. */
export interface MailFailure {
  /** The three digits that the server answered with; `null` if it did not answer. */
  readonly code: number | null;
  /** In words: of the server, or of the system. */
  readonly reason: string;
  /** Whether trying again is of no use. */
  readonly isFinal: boolean;
}

/** A connection to a mail server. */
export interface Mailer {
  /** Sends a mail and returns why it was not taken; `null` if it was, by one recipient's server at least. */
  send(mail: Mail): Promise<MailFailure | null>;
  /** Ends the connection, also amid a mail. */
  close(): void;
}

/** Opens a connection to the server of an address such as `smtp://user:password@host:587`. */
export type OpenMailer = (url: Secret) => Promise<Mailer>;

/** Options for {@linkcode openMailer}. */
export interface MailerOptions {
  /** Who may vouch for the server, as PEM. @default {those that the machine trusts} */
  readonly authority?: string;
}

/** No step of the protocol may take longer, in milliseconds: an attempt as a whole is bounded elsewhere. */
const STEP_MS = 10_000;

/**
 * Opens a real connection. A password travels in the clear to this machine alone. Of nodemailer the parts are
 * used and not the whole: its transports cannot be ended amid a mail, or leave timers behind when they are.
 * The socket is our own: the library would look the host up by itself and connect to what it finds, which
 * Deno does not permit where only the name of the host is.
 */
export async function openMailer(url: Secret, options: MailerOptions = {}): Promise<Mailer> {
  const [{ default: SMTPConnection }, { default: MailComposer }] = await Promise.all([
    import("nodemailer/lib/smtp-connection"),
    import("nodemailer/lib/mail-composer"),
  ]);
  const { hostname, port, protocol, username, password } = new URL(url.reveal());
  const secure = protocol === "smtps:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const socket = connect({ host, port: Number(port) || (secure ? 465 : 587) });
  const connected = waitFor(socket);
  // Whoever closes before it sends hears of no failure.
  connected.catch(() => {});
  const connection = new SMTPConnection({
    ...{ host, secure, connection: socket },
    // The real name of this machine is nobody's business, and would need a permission.
    name: "[127.0.0.1]",
    requireTLS: requiresTls(new URL(url.reveal())),
    ...(options.authority === undefined ? {} : { tls: { ca: options.authority } }),
    ...{ connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: STEP_MS },
    socketCloseTimeout: 0,
  });
  const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    send: async ({ isUrgent, to, references, ...mail }) => {
      const priority = isUrgent ? "high" : "normal";
      const composed = new MailComposer({
        ...mail,
        to: [...to],
        references: [...references],
        priority,
      });
      const message = composed.compile();
      try {
        await connected;
        await step((done) => connection.connect(done), connection);
        if (username !== "") {
          await step((done) => connection.login({ credentials }, done), connection);
        }
        const text = await message.build();
        await step((done) => connection.send(message.getEnvelope(), text, done), connection);
        return null;
      } catch (error) {
        return readFailure(error);
      }
    },
    close: () => {
      connection.close();
      socket.destroy();
    },
  };
}

/** Resolves once a socket is connected. It is listened to for life: an error that nobody hears is thrown. */
function waitFor(socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on("error", reject);
  socket.once("connect", () => resolve());
  socket.once("close", () => reject(new Error("it was closed")));
  return promise;
}

/** One step of the protocol; the connection may also break off without calling back. */
async function step(
  run: (done: (error?: unknown) => void) => void,
  connection: object,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // It emits events, of which its types do not know. The listener stays: an error that nobody hears is thrown.
  if ("on" in connection && typeof connection.on === "function") connection.on("error", reject);
  run((error) => error === undefined || error === null ? resolve() : reject(error));
  await promise;
}

/** Whether a password would leave this machine. */
export function requiresTls({ password, hostname }: Pick<URL, "password" | "hostname">): boolean {
  return password !== "" && !isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** Codes from 500 on are final (RFC 5321, section 4.2.1), all else may pass. */
function readFailure(error: unknown): MailFailure {
  if (!(error instanceof Error)) return { code: null, reason: "unknown error", isFinal: false };
  if (error.name === "NotCapable" || /\bEPERM\b/.test(error.message)) {
    const reason = "Vitals may not reach it yet: restart it, so that it gets the permission";
    return { code: null, reason, isFinal: true };
  }
  const code = "responseCode" in error && typeof error.responseCode === "number"
    ? error.responseCode
    : null;
  const answer = "response" in error && typeof error.response === "string" ? error.response : null;
  return { code, reason: answer ?? error.message, isFinal: code !== null && code >= 500 };
}
