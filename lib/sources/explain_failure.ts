/**
 * Why there is no answer, in one word and in a sentence, from whatever `fetch` or a socket threw.
 *
 * @module
 */

import type { WebFailureReason } from "@/lib/ports/web_fetch.ts";

import { PrivateAddressError } from "./private_address.ts";

/** Why there is no answer. */
export interface Failure {
  /** Tells it from an answer. */
  readonly kind: "failed";
  /** The reason. */
  readonly reason: WebFailureReason;
  /** The same in a sentence for people. */
  readonly detail: string;
}

/** What is known of the attempt. */
export interface Attempt {
  /** What was asked, with its port; nothing secret. */
  readonly host: string;
  /** Whether the first address led to it, rather than being it. */
  readonly isRedirected: boolean;
}

type Explanation = readonly [reason: WebFailureReason, words: string];

const TLS = "the certificate or the TLS handshake was refused";
const UNTRUSTED = "nobody that Vitals trusts vouches for its certificate";
const NO_TLS = "it does not speak TLS there";
const LONG_HEADERS = "its headers are too long";
const NO_HOST = "there is no such host";
const NOT_HTTP = "what it says is not HTTP";
const BROKEN_OFF = "it broke off";

/** Codes of sockets: of the system (errno(3), getaddrinfo(3)), of OpenSSL (verify(1)) and of Node. */
const CODES: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: ["refused", "it refuses connections"],
  ENOTFOUND: ["dns", NO_HOST],
  EAI_AGAIN: ["dns", "its name could not be looked up"],
  EAI_FAIL: ["dns", "its name could not be looked up"],
  EHOSTUNREACH: ["unreachable", "there is no way to it"],
  ENETUNREACH: ["unreachable", "there is no way to its network"],
  ETIMEDOUT: ["timeout", "it did not answer in time"],
  ECONNRESET: ["broken off", BROKEN_OFF],
  EPIPE: ["broken off", BROKEN_OFF],
  HPE_HEADER_OVERFLOW: ["too large", LONG_HEADERS],
  CERT_HAS_EXPIRED: ["tls", "its certificate has expired"],
  CERT_NOT_YET_VALID: ["tls", "its certificate is not valid yet"],
  CERT_REVOKED: ["tls", "its certificate is revoked"],
  ERR_TLS_CERT_ALTNAME_INVALID: ["tls", "its certificate is for another name"],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["tls", UNTRUSTED],
  SELF_SIGNED_CERT_IN_CHAIN: ["tls", UNTRUSTED],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["tls", UNTRUSTED],
  UNABLE_TO_GET_ISSUER_CERT: ["tls", UNTRUSTED],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["tls", UNTRUSTED],
  ERR_SSL_WRONG_VERSION_NUMBER: ["tls", NO_TLS],
};

/** Families of codes. */
const FAMILIES: readonly (readonly [pattern: RegExp, explanation: Explanation])[] = [
  [/^HPE_/, ["failed", NOT_HTTP]],
  [/^(?:ERR_SSL|ERR_TLS|EPROTO)|CERT/, ["tls", TLS]],
];

/** What `fetch` throws has no code: the chain of causes says it in the words of the system. */
const WORDS: readonly (readonly [pattern: RegExp, explanation: Explanation])[] = [
  [/refused/i, ["refused", "it refuses connections"]],
  [/dns|lookup|name or service not known|no address/i, ["dns", NO_HOST]],
  [/certificate|tls|ssl|handshake|InvalidContentType/i, ["tls", TLS]],
  [/corrupt message/i, ["tls", NO_TLS]],
  [/invalid HTTP|invalid content-length/i, ["failed", NOT_HTTP]],
  [/head is too large/i, ["too large", LONG_HEADERS]],
  [/requests to port \d+ are blocked/i, ["failed", "no web address may have this port"]],
  [/unreachable/i, ["unreachable", "there is no way to it"]],
  [/reset|closed|broken pipe|eof|incomplete|aborted|reading a body/i, ["broken off", BROKEN_OFF]],
  [/timed? ?out/i, ["timeout", "it did not answer in time"]],
];

/** Returns why an attempt failed. */
export function explainFailure(error: unknown, { host, isRedirected }: Attempt): Failure {
  if (error instanceof PrivateAddressError) {
    const detail = `${host} is not at a public address, and sources.probe.denyPrivate is set`;
    return { kind: "failed", reason: "private address", detail };
  }
  if (isNotPermitted(error)) return isRedirected ? refuseRedirect(host) : refusePermission(host);
  const [reason, words] = explain(error);
  return { kind: "failed", reason, detail: `No connection to ${host}: ${words}` };
}

/** Returns that there was no answer in time. */
export function explainTimeout(host: string, timeoutMs: number): Failure {
  const detail = `No answer from ${host} within ${timeoutMs} ms`;
  return { kind: "failed", reason: "timeout", detail };
}

/** Deno refuses a look-up with the code of the system, and all else with an error of its own. */
function isNotPermitted(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "NotCapable" || error.name === "PermissionDenied") return true;
  return codeOf(error) === "EPERM" && error.message.startsWith("getaddrinfo");
}

function refusePermission(host: string): Failure {
  const detail = `Vitals may not reach ${host} yet: restart it, so that it gets the permission`;
  return { kind: "failed", reason: "not permitted", detail };
}

function refuseRedirect(host: string): Failure {
  const detail = `It redirects to ${host}, which Vitals may not reach: make that its address`;
  return { kind: "failed", reason: "redirect", detail };
}

function explain(error: unknown): Explanation {
  if (!(error instanceof Error)) return ["failed", "for an unknown reason"];
  const code = codeOf(error);
  const known = CODES[code] ?? FAMILIES.find(([pattern]) => pattern.test(code))?.[1];
  if (known !== undefined) return known;
  // Without the address, whose words are its own.
  const chain = `${error.message} ${error.cause ?? ""}`.replaceAll(/\S*:\/\/\S*/g, "");
  return WORDS.find(([pattern]) => pattern.test(chain))?.[1] ?? ["failed", code || error.name];
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
