/**
 * What a language is: a module for each of `texts/en`, with the same names. English is the measure; a translation
 * is held against it by types.
 *
 * @module
 */

import type * as acts from "./en/acts.ts";
import type * as alertGroups from "./en/alert_groups.ts";
import type * as alertRows from "./en/alert_rows.ts";
import type * as alertsPage from "./en/alerts_page.ts";
import type * as announcements from "./en/announcements.ts";
import type * as answers from "./en/answers.ts";
import type * as apiPage from "./en/api_page.ts";
import type * as cards from "./en/cards.ts";
import type * as connection from "./en/connection.ts";
import type * as dashboard from "./en/dashboard.ts";
import type * as decisions from "./en/decisions.ts";
import type * as faults from "./en/faults.ts";
import type * as frame from "./en/frame.ts";
import type * as language from "./en/language.ts";
import type * as loading from "./en/loading.ts";
import type * as matchers from "./en/matchers.ts";
import type * as measured from "./en/measured.ts";
import type * as metrics from "./en/metrics.ts";
import type * as notifications from "./en/notifications.ts";
import type * as pages from "./en/pages.ts";
import type * as reasons from "./en/reasons.ts";
import type * as rules from "./en/rules.ts";
import type * as scenario from "./en/scenario.ts";
import type * as servicePage from "./en/service_page.ts";
import type * as slides from "./en/slides.ts";
import type * as stale from "./en/stale.ts";
import type * as statusPage from "./en/status_page.ts";
import type * as statuses from "./en/statuses.ts";
import type * as story from "./en/story.ts";
import type * as talk from "./en/talk.ts";
import type * as talkScript from "./en/talk_script.ts";
import type * as themes from "./en/themes.ts";
import type * as units from "./en/units.ts";
import type * as uptime from "./en/uptime.ts";
import type * as verdict from "./en/verdict.ts";
import type * as watch from "./en/watch.ts";
import type * as windows from "./en/windows.ts";

/**
 * A module in another language: texts may be any texts, and functions take and return what the English ones do.
 * Tables keep their keys.
 */
export type Translation<Words> = Words extends (...args: never[]) => unknown ? Words
  : Words extends string ? string
  : { readonly [Name in keyof Words]: Translation<Words[Name]> };

/** The modules by their names. */
export interface Texts {
  readonly acts: Translation<typeof acts>;
  readonly alertGroups: Translation<typeof alertGroups>;
  readonly alertRows: Translation<typeof alertRows>;
  readonly alertsPage: Translation<typeof alertsPage>;
  readonly announcements: Translation<typeof announcements>;
  readonly answers: Translation<typeof answers>;
  readonly apiPage: Translation<typeof apiPage>;
  readonly cards: Translation<typeof cards>;
  readonly connection: Translation<typeof connection>;
  readonly dashboard: Translation<typeof dashboard>;
  readonly decisions: Translation<typeof decisions>;
  readonly faults: Translation<typeof faults>;
  readonly frame: Translation<typeof frame>;
  readonly language: Translation<typeof language>;
  readonly loading: Translation<typeof loading>;
  readonly matchers: Translation<typeof matchers>;
  readonly measured: Translation<typeof measured>;
  readonly metrics: Translation<typeof metrics>;
  readonly notifications: Translation<typeof notifications>;
  readonly pages: Translation<typeof pages>;
  readonly reasons: Translation<typeof reasons>;
  readonly rules: Translation<typeof rules>;
  readonly scenario: Translation<typeof scenario>;
  readonly servicePage: Translation<typeof servicePage>;
  readonly slides: Translation<typeof slides>;
  readonly stale: Translation<typeof stale>;
  readonly statusPage: Translation<typeof statusPage>;
  readonly statuses: Translation<typeof statuses>;
  readonly story: Translation<typeof story>;
  readonly talk: Translation<typeof talk>;
  readonly talkScript: Translation<typeof talkScript>;
  readonly themes: Translation<typeof themes>;
  readonly units: Translation<typeof units>;
  readonly uptime: Translation<typeof uptime>;
  readonly verdict: Translation<typeof verdict>;
  readonly watch: Translation<typeof watch>;
  readonly windows: Translation<typeof windows>;
}
