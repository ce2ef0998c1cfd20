/**
 * The texts of a receiver or a source that are secret, or may come from the environment. Whatever is wrong with one, no
 * message quotes it, neither as it stands in the file nor as it came from the environment.
 *
 * @module
 */

import { Secret } from "@/lib/ports/secret.ts";

import type { Path } from "./config_error.ts";
import type { Report } from "./resolve_rule.ts";
import { explainVariables, fillAddress, fillVariables, type ReadVariable } from "./variables.ts";

/** What texts are read with. */
export interface TextScope {
  /** The environment. */
  readonly env: ReadVariable;
  /** Where to say what is wrong. */
  readonly report: Report;
}

/** A name or an address. Anything else could mean more than one host where permissions are given. */
const HOST = /^(?:[0-9a-z_-]+(?:\.[0-9a-z_-]+)*\.?|\[[0-9a-f:.]+\])$/i;

/** An address of mail, perhaps with a name before it. */
const MAILBOX = /^(?:[^<>@\p{C}]*<)?[^\s<>@]+@[^\s<>@]+>?$/u;

/** What a text must be. */
export interface TextForm {
  /** It fits this. */
  readonly pattern: RegExp;
  /** The same in words, as in "the value …". */
  readonly error: string;
}

/** Reads the texts of one receiver, or of one source. What is `null` or `undefined` was reported. */
export class ReceiverTexts {
  readonly #path: Path;
  readonly #scope: TextScope;

  /** Reads the texts of the receiver at a place. */
  constructor(path: Path, scope: TextScope) {
    this.#path = path;
    this.#scope = scope;
  }

  /** Returns an address of the web. */
  webAddress(key: string, text: string): Secret | null {
    const address = this.#address(key, text, ["http:", "https:"]);
    if (address === null || address.url.hash === "") return address && new Secret(address.text);
    return this.#refuse([key], "must be an address without a #fragment");
  }

  /** Returns the address of a topic. */
  topic(key: string, text: string): Secret | null {
    const url = this.webAddress(key, text);
    if (url === null || new URL(url.reveal()).pathname.replaceAll("/", "") !== "") return url;
    return this.#refuse([key], "must name a topic, as in https://ntfy.sh/my-topic");
  }

  /** Returns the address of a server of mail. A path would be the end of a password, say. */
  mailServer(key: string, text: string): Secret | null {
    const address = this.#address(key, text, ["smtp:", "smtps:"]);
    if (address === null) return null;
    const { pathname, search, hash } = address.url;
    if (["", "/"].includes(pathname + search + hash)) return new Secret(address.text);
    const cure = "in a password / is written %2F, ? is %3F and # is %23";
    return this.#refuse([key], `must end with the host or its port; ${cure}`);
  }

  /** Returns a signing key. */
  key(key: string, text: string): Secret | undefined {
    const filled = this.#fill([key], text);
    if (filled === null) return undefined;
    if (isSigningKey(filled)) return new Secret(filled);
    const message = 'must be "whsec_" and 24 to 64 bytes in base64';
    return this.#refuse([key], message) ?? undefined;
  }

  /** Returns an access token, which goes into a header. */
  token(key: string, text: string): Secret | undefined {
    const filled = this.#fill([key], text);
    if (filled === null) return undefined;
    if (/^[\x21-\x7e]+$/.test(filled)) return new Secret(filled);
    const message = "must be characters of ASCII without spaces and line breaks";
    return this.#refuse([key], message) ?? undefined;
  }

  /** Returns an address of mail, perhaps with a name before it. */
  mailbox(path: Path, text: string): string | null {
    const filled = this.#fill(path, text);
    if (filled === null || MAILBOX.test(filled)) return filled;
    return this.#refuse(path, 'must be an address such as "Ops <ops@example.com>"');
  }

  /** Returns an address with one of some protocols, such as `"tcp:"`. */
  address(key: string, text: string, protocols: readonly string[]): Secret | null {
    const address = this.#address(key, text, protocols);
    return address && new Secret(address.text);
  }

  /** Returns a text that may hold anything, or that fits a pattern. */
  text(path: Path, text: string, form?: TextForm): Secret | null {
    const filled = this.#fill(path, text);
    if (filled === null) return null;
    return form === undefined || form.pattern.test(filled)
      ? new Secret(filled)
      : this.#refuse(path, form.error);
  }

  /** An address with one of some protocols. */
  #address(key: string, text: string, protocols: readonly string[]): Address | null {
    const filled = this.#fill([key], text, fillAddress);
    if (filled === null) return null;
    if (/[\s\p{C}]/u.test(filled)) {
      return this.#refuse([key], "must be an address without spaces and line breaks");
    }
    const url = URL.parse(filled);
    if (url === null || !protocols.includes(url.protocol) || url.hostname === "") {
      const names = listWords(protocols.map((protocol) => `${protocol}//`));
      return this.#refuse([key], `must be an address that begins with ${names}`);
    }
    if (![url.username, url.password, url.pathname].every(isEncoded)) {
      return this.#refuse([key], "must be an address in which % itself is written as %25");
    }
    if (HOST.test(url.hostname)) return { text: filled, url };
    return this.#refuse([key], 'must name one host such as "hooks.example.com" or "10.0.0.7"');
  }

  #fill(path: Path, text: string, fill = fillVariables): string | null {
    const issues = explainVariables(text, this.#scope.env);
    for (const issue of issues) this.#refuse(path, issue);
    return issues.length > 0 ? null : fill(text, this.#scope.env);
  }

  #refuse(path: Path, message: string): null {
    this.#scope.report([...this.#path, ...path], message);
    return null;
  }
}

function listWords(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((each) => each).join(" or ");
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

interface Address {
  readonly text: string;
  readonly url: URL;
}

function isSigningKey(text: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (encoded === undefined) return false;
  try {
    const { length } = Uint8Array.fromBase64(encoded);
    return length >= 24 && length <= 64;
  } catch {
    return false;
  }
}
