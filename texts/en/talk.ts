/** The talk in seven slides, and what its presenter sees. Without `language.ts`, which no other script of the talk needs. @module */

export const deck = "Vitals: a talk in seven slides";
export const vitals = "Vitals";

export function title(number: number, name: string): string {
  return `${number} · ${name} · Vitals`;
}

export const presenterTitle = "Presenter's view";
export const slides = "Slides";
export const slideBefore = "Slide before";
export const nextSlide = "Next slide";
export const thisSlide = "This slide";
export const theNextSlide = "The next slide";
export const close = "Close";
export const swipe = "On a touch screen: swipe.";

export function slideName(number: number, name: string): string {
  return `${number}. ${name}`;
}

export function shown(number: number, name: string): string {
  return `Slide ${number}: ${name}`;
}

export const keysTitle = "Keys";

/** The keys, and what each does. */
export const keys = [
  ["→ ↓ Space Page Down", "next slide"],
  ["← ↑ Page Up", "slide before"],
  ["1 to 7, Home, End", "that slide"],
  ["s", "start the scenario monday-morning"],
  ["p", "presenter's view in a second window"],
  ["f", "whole screen"],
  ["r", "time from zero, in the presenter's view"],
  ["?", "these keys"],
] as const;

export const theEnd = "The end";
export const next = (name: string): string => `Next: ${name}`;
export const talk = "Talk";
export const plan = "Plan";
export const clock = "Clock";
export const resetTime = "Reset time";
export const notes = "Notes";
export const before = "← Before";
export const after = "Next →";
export const startMonday = "Start monday-morning";
export const late = (time: string): string => `${time} late`;
export const early = (time: string): string => `${time} early`;
export const onTime = "on time";

export const starting = "Starting monday-morning …";

export function runs(scenario: string): string {
  return `${scenario} runs.`;
}

export function runsSeconds(scenario: string, seconds: string): string {
  return `${scenario} runs, ${seconds} s long.`;
}

export function runsMinutes(scenario: string, minutes: string): string {
  return `${scenario} runs, ${minutes} min long.`;
}

export const noAnswer = "Vitals did not answer, so nothing was started.";
export const signInFirst =
  "Sign in on the dashboard first: only who is signed in starts a scenario.";

export function noScenario(scenario: string): string {
  return `This Vitals has no scenario ${scenario}. The simulated services go on by themselves.`;
}

export const didNotStart = (reason: string): string => `The scenario did not start: ${reason}.`;
