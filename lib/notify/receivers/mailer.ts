/**
 * The adapter to mail servers, over nodemailer. It is loaded with the first mail, so that it costs nothing
 * where none is sent.
 *
 * @module
 */

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

/** No step of the protocol may take longer, in milliseconds: an attempt as a whole is bounded elsewhere. */
const STEP_MS = 10_000;

/**
 * Opens a real connection. A password travels in the clear to this machine alone. Of nodemailer the parts are
 * used and not the whole: its transports cannot be ended amid a mail, or leave timers behind when they are.
 */
export async function openMailer(url: Secret): Promise<Mailer> {
  const [{ default: SMTPConnection }, { default: MailComposer }] = await Promise.all([
    import("nodemailer/lib/smtp-connection"),
    import("nodemailer/lib/mail-composer"),
  ]);
  const { hostname, port, protocol, username, password } = new URL(url.reveal());
  const isSecure = protocol === "smtps:";
  const connection = new SMTPConnection({
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port) || (isSecure ? 465 : 587),
    // The real name of this machine is nobody's business, and would need a permission.
    name: "[127.0.0.1]",
    secure: isSecure,
    requireTLS: password !== "" && !isLoopback(hostname),
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
    close: () => connection.close(),
  };
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

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

function readFailure(error: unknown): MailFailure {
  if (!(error instanceof Error)) return { code: null, reason: "unknown error" };
  const code = "responseCode" in error && typeof error.responseCode === "number"
    ? error.responseCode
    : null;
  const answer = "response" in error && typeof error.response === "string" ? error.response : null;
  return { code, reason: answer ?? error.message };
}
