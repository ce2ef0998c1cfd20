/** The dialogs in which somebody does something, and what is said when it is done. @module */

import { formatCount, type Phrase, plural } from "./language.ts";

export const cancel = "Cancel";
export const close = "Close";
export const working = "Working…";
export const tryAgain = "Try again";
export const signIn = "Sign in";
export const optional = "optional";
export const yourName = "Your name";

export function acknowledgeAlert(rule: string, service: string): string {
  return `Acknowledge ${rule} on ${service}`;
}

export const acknowledge = "Acknowledge";
export const acknowledgeLead =
  "You tell everybody that you are on it. Reminders stop until it gets worse or ends.";
export const note = "Note";
export const noteHint = "What you know, what you do";

export function acknowledged(rule: string, service: string): string {
  return `Acknowledged ${rule} on ${service}.`;
}

export function takeBack(rule: string, service: string): string {
  return `Take back the acknowledgement of ${rule} on ${service}`;
}

export function openAgain(rule: string, service: string): string {
  return `${rule} on ${service} is open again.`;
}

export const newSilence = "New silence";
export const silence = "Silence";
export const silenced = "Silenced.";
export const silenceEnded = "The silence has ended.";
export const silenceLead = "Muted alerts are watched and shown as before; nobody is told of them.";

export function endSilence(what: string): string {
  return `End silence: ${what}`;
}

export function mutes(count: number): string {
  return `mutes ${formatCount(count)} ${plural(count, "alert", "alerts")} now`;
}

export const reason = "Reason";
export const whichAlerts = "Which alerts";
export const service = "Service";
export const allServices = "all services";
export const rule = "Rule";
export const allRules = "all rules";
export const tagAndSeverity = "Tag and severity";
export const tag = "Tag";
export const any = "any";
export const severity = "Severity";
export const warning = "warning";
export const critical = "critical";

export function removeField(caption: string, empty: string): string {
  return `Remove ${caption.toLowerCase()}: ${empty}`;
}

export const howLong = "For how long";
export const untilChoice = "Until…";
export const until = "Until";
export const minutes30 = "30 min";
export const hour1 = "1 h";
export const hours4 = "4 h";
export const day1 = "1 d";
export const week1 = "1 week";
export const nothingMatched = "Nothing yet: name a service, a rule, a tag or a severity";

export function injectInto(service: string): string {
  return `Inject a fault into ${service}`;
}

export function injectFault(fault: string, service: string): string {
  return `Inject ${fault} into ${service}`;
}

export function faultBegan(fault: string, service: string, span: string): string {
  return `${fault} on ${service} for ${span}.`;
}

export function endFault(fault: string, service: string): string {
  return `End ${fault} on ${service}`;
}

export function faultEnded(fault: string, service: string): string {
  return `${fault} on ${service} has ended.`;
}

export const howStrong = "How strong";
export const mild = "Mild";
export const strong = "Strong";
export const worst = "Worst";
export const faults = "Faults";
export const seconds10 = "10 s";
export const seconds30 = "30 s";
export const minute1 = "1 min";
export const minutes5 = "5 min";

export function why(rule: string, service: string): string {
  return `Why? ${rule} on ${service}`;
}

export const lookingUp = "Looking it up…";
export const asPage = "This as a page of its own";

export const delivered = "Delivered";

export function deliveredWith(detail: string): string {
  return `Delivered: ${detail}`;
}

/** A caption with a word on what it is. */
export function noteOptional<Part>(optional: Part): Phrase<Part> {
  return ["Note ", optional];
}
