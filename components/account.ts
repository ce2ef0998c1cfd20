/**
 * Who looks at a page, for its frame. The layout of pages hands it down, so that no page need know of it. For what is
 * rendered on the server only: in islands it is not there.
 *
 * @module
 */

import { type Context, createContext } from "preact";

/** Who looks at a page. */
export interface Account {
  /** Name of the token that they signed in with; `null` if they did not. */
  readonly name: string | null;
  /** Whether they could sign in: there are tokens, and they did not yet. */
  readonly canSignIn: boolean;
  /** Whether they may see the pages that show services. */
  readonly mayRead: boolean;
  /** Whether they may do what operators do. */
  readonly mayOperate: boolean;
  /** Whether there is a status page for the public. */
  readonly hasStatusPage: boolean;
}

/** Somebody of whom nothing is known. */
export const NO_ACCOUNT: Account = {
  ...{ name: null, canSignIn: false, mayRead: true, mayOperate: false, hasStatusPage: false },
};

/** Holds it. */
export const AccountContext: Context<Account> = createContext(NO_ACCOUNT);
