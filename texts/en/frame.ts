/** What stands around the pages: navigation, account, first steps, and what is said without scripts. @module */

import type { Phrase } from "./language.ts";

export const vitals = "Vitals";
export const skip = "Skip to content";
export const main = "Main";
export const dashboard = "Dashboard";
export const alerts = "Alerts";
export const audit = "Audit";
export const api = "API";
export const talk = "Talk";
export const statusPage = "Status page";

export const description = "Vitals: the health of your services, as it happens.";

export function signedInAs<Part>(name: Part): Phrase<Part> {
  return ["Signed in as ", name];
}

export const signIn = "Sign in";
export const signOut = "Sign out";

/** The title of a page. */
export function title(page: string): string {
  return `${page} · Vitals`;
}

export function liveNeedsScripts<Part>(link: (text: string) => Part): Phrase<Part> {
  return ["Live updates need JavaScript. ", link("Reload"), " for the latest state."];
}

export function actsNeedScripts<Part>(link: (text: string) => Part): Phrase<Part> {
  return ["Acts and live updates need JavaScript. ", link("Reload"), " for the latest state."];
}

export const firstSteps = "First steps";

/** How the parts of a first step are made. */
export interface StepParts<Part> {
  readonly emphasise: (text: string) => Part;
  /** Quotes what stands on a button. */
  readonly quote: (text: string) => Part;
  readonly link: (text: string) => Part;
}

export function breakSomething<Part>({ emphasise, quote }: StepParts<Part>): Phrase<Part> {
  return [
    emphasise("Break something."),
    " Press ",
    quote("Inject fault"),
    " on a card, and watch Vitals notice.",
  ];
}

export function lookBack<Part>(
  { emphasise, link }: StepParts<Part>,
  service: string,
): Phrase<Part> {
  return [
    emphasise("Look back."),
    " ",
    link(`Open ${service}`),
    " for its charts, from five minutes to a year.",
  ];
}

export function sendSample<Part>({ emphasise }: StepParts<Part>): Phrase<Part> {
  return [emphasise("Send a sample."), " The service appears by itself:"];
}

export const gotIt = "Got it";
