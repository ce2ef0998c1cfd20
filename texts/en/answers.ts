/** Why Vitals did not do what was asked. @module */

export const unreachable = "Vitals did not answer. Is the connection down?";
export const signedOut = "Sign in to do this: there is no session, or it has ended.";
