/**
 * Hands down to every page who looks at it.
 *
 * @module
 */

import { type Account, AccountContext, NO_ACCOUNT } from "@/components/account.ts";
import { define, type State } from "@/utils.ts";

/** Renders the page. The frame around it asks for the account. */
export default define.layout(function AccountLayout({ Component, state }) {
  return (
    <AccountContext.Provider value={accountOf(state)}>
      <Component />
    </AccountContext.Provider>
  );
});

/** A request that failed before anybody looked who sent it has no caller. */
function accountOf({ access, caller, statusPage }: State): Account {
  if (caller === undefined) return NO_ACCOUNT;
  const { identity } = caller;
  const name = identity.kind === "session" ? identity.name : null;
  return {
    name,
    canSignIn: name === null && access.hasTokens,
    mayRead: access.may(caller, "read"),
    mayOperate: access.may(caller, "operate"),
    hasStatusPage: statusPage.isWanted,
  };
}
