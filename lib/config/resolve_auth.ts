/**
 * From what a file says about who may do what to what it means.
 *
 * @module
 */

import ipaddr from "ipaddr.js";

import { quote } from "@/lib/domain/quote.ts";
import { formatPath } from "@/lib/domain/value_path.ts";
import type { AuthConfig, TokenConfig, TrustProxy } from "@/lib/ports/monitor_config.ts";

import type { AuthEntry } from "./entry_types.ts";
import type { Report } from "./resolve_rule.ts";
import { A_TRUST } from "./schema_auth.ts";

/** The name by which the token of the environment goes. */
export const ENVIRONMENT_TOKEN = "VITALS_TOKEN";

const HOUR_MS = 3_600_000;

/** Returns who may do what; what is wrong with it is reported. */
export function resolveAuth(entry: AuthEntry, report: Report): AuthConfig {
  const { tokens, publicReads, trustProxy, sessionHours } = entry;
  const meant = tokens.map((token) => ({ ...token, sha256: token.sha256.toLowerCase() }));
  checkTokens(meant, report);
  checkTrust(trustProxy, report);
  return { tokens: meant, publicReads, trustProxy, sessionMs: sessionHours * HOUR_MS };
}

function checkTokens(tokens: readonly TokenConfig[], report: Report): void {
  for (const [index, token] of tokens.entries()) {
    const path = ["auth", "tokens", index];
    if (token.name === ENVIRONMENT_TOKEN) {
      report([...path, "name"], `${quote(token.name)} is the name of the token of the environment`);
    }
    for (const field of ["name", "sha256"] as const) {
      const first = tokens.findIndex((each) => each[field] === token[field]);
      if (first === index) continue;
      report([...path, field], `repeats ${formatPath(["auth", "tokens", first, field])}`);
    }
  }
}

function checkTrust(trustProxy: TrustProxy, report: Report): void {
  if (typeof trustProxy !== "object") return;
  for (const [index, address] of trustProxy.entries()) {
    if (isAddress(address) || isRange(address)) continue;
    report(["auth", "trustProxy", index], `${A_TRUST}, got ${quote(address)}`);
  }
}

/** The library alone would take `10` and octal digits for addresses as well. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

function isRange(text: string): boolean {
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
}
