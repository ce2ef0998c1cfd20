/**
 * A mail server for tests.
 *
 * @module
 */

import { assert } from "@std/assert";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A real mail server on this machine. */
export class MailServer implements AsyncDisposable {
  /** The mails, as they came. */
  readonly mails: string[] = [];
  /** Whom they were for. */
  readonly recipients: string[] = [];
  readonly #server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      ...{ authOptional: true, name: "localhost", disabledCommands: ["STARTTLS"], logger: false },
      onRcptTo: ({ address }, _session, done) => {
        this.recipients.push(address);
        done();
      },
      onData: (stream, _session, done) => void this.#take(stream).then(() => done()),
      ...options,
    });
    // Whoever breaks off, as some of these tests do, is no fault of the server.
    this.#server.on("error", () => {});
  }

  /** Listens; returns the port. */
  async listen(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listening = this.#server.listen(0, "127.0.0.1", resolve);
    await promise;
    const address = listening.address();
    assert(typeof address === "object" && address !== null);
    return address.port;
  }

  /** The types of that package do not know that its stream is one of Node's. */
  async #take(stream: object): Promise<void> {
    assert(isReadable(stream));
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
    this.mails.push(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(resolve);
    await promise;
  }
}

function isReadable(stream: object): stream is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in stream;
}
