/**
 * What clients of Alertmanager ask for. The format is theirs: it is described where it is at home.
 *
 * @module
 */

import { z } from "zod";

import { A_SILENCE } from "../examples.ts";
import {
  type Answer,
  answer,
  type AnswerHeader,
  type Content,
  foreignSchema,
  type JsonSchema,
  type Operation,
} from "../operation.ts";
import { ACCEPT_POST } from "../shared_answers.ts";

const SPECIFICATION = "https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml";

function foreign(name: string, type: "object" | "array" = "object"): JsonSchema {
  return foreignSchema(`\`${name}\` of the API of Alertmanager.`, { url: SPECIFICATION, type });
}

/** What is wrong is told by one JSON text. */
function said(text: string): Content {
  return {
    type: "application/json",
    schema: { type: "string", description: "What is wrong, in words." },
    example: text,
  };
}

function refusal(
  status: number,
  description: string,
  { text, headers }: {
    readonly text: string;
    readonly headers?: Readonly<Record<string, AnswerHeader>>;
  },
): Answer {
  const content = [said(text)];
  return { status, description, content, ...headers === undefined ? {} : { headers } };
}

const FILTER = z.array(z.string()).max(32).optional().meta({
  description: 'Conditions on labels, such as `severity="critical"`; all must be met.',
});

function flag(what: string) {
  return z.string().optional().meta({
    description: `Whether ${what} are listed.`,
    asParam: { type: "boolean", default: true },
  });
}

const ALERT_QUERY = z.strictObject({
  filter: FILTER,
  receiver: z.string().optional().meta({
    description: "A regular expression that the name of a receiver fits.",
  }),
  active: flag("those of which somebody is told"),
  silenced: flag("silenced ones"),
  inhibited: flag("inhibited ones"),
  muted: flag("those that a maintenance window mutes"),
  unprocessed: flag("those that are not yet looked at, which there never are,"),
});

const WRONG_QUERY = refusal(400, "The query is wrong.", {
  text: 'Cannot read the query: active must be true or false, got "perhaps"',
});

const AN_ALERT = {
  labels: { alertname: "HIGH_CPU", service: "checkout", severity: "warning" },
  annotations: { summary: "checkout: CPU 97.0 % above 85 % for 3 samples" },
  startsAt: "2023-11-14T22:13:22.000Z",
  endsAt: "2023-11-14T22:18:22.000Z",
  updatedAt: "2023-11-14T22:13:22.000Z",
  fingerprint: "d5c3a4b1e2f60718",
  receivers: [{ name: "log" }],
  generatorURL: "http://127.0.0.1:8000/alerts/HIGH_CPU:checkout:loyw3v28",
  status: { state: "active", silencedBy: [], inhibitedBy: [], mutedBy: [] },
};

const POSTED = {
  matchers: [{ name: "service", value: "checkout", isRegex: false, isEqual: true }],
  startsAt: "2026-11-24T20:00:00Z",
  endsAt: "2026-11-24T22:00:00Z",
  createdBy: "Anna",
  comment: "deploy",
};

const SHOWN = {
  ...POSTED,
  id: A_SILENCE.id,
  status: { state: "active" },
  updatedAt: "2026-11-24T20:00:00Z",
};

const PARAMS = { id: { description: "Id of the silence.", example: A_SILENCE.id } };

const NO_SILENCE = refusal(404, "There is no such silence.", {
  text: 'There is no silence "s1"',
});

type Common = "scope" | "group" | "errors";

/** Each of these errors in its own words. */
const COMMON: Pick<Operation, "group" | "errors"> = {
  group: "Alertmanager",
  errors: [said("Internal Server Error")],
};

function read(operation: Omit<Operation, Common | "method">): Operation {
  return { ...COMMON, ...operation, method: "get", scope: "read" };
}

function act(operation: Omit<Operation, Common>): Operation {
  return { ...COMMON, ...operation, scope: "operate" };
}

/** The operations. */
export const ALERTMANAGER_OPERATIONS: readonly Operation[] = [
  read({
    id: "listAlertmanagerAlerts",
    path: "/api/v2/alerts",
    summary: "Lists firing alerts",
    query: ALERT_QUERY,
    answers: [
      answer(200, "By fingerprint.", {
        schema: foreign("gettableAlerts", "array"),
        example: [AN_ALERT],
      }),
      WRONG_QUERY,
    ],
  }),
  read({
    id: "listAlertmanagerGroups",
    path: "/api/v2/alerts/groups",
    summary: "Lists firing alerts by service and receiver",
    query: ALERT_QUERY,
    answers: [
      answer(200, "By service, then by receiver.", {
        schema: foreign("alertGroups", "array"),
        example: [{
          labels: { service: "checkout" },
          receiver: { name: "log" },
          alerts: [AN_ALERT],
        }],
      }),
      WRONG_QUERY,
    ],
  }),
  read({
    id: "listAlertmanagerSilences",
    path: "/api/v2/silences",
    summary: "Lists silences",
    query: z.strictObject({ filter: FILTER }),
    answers: [
      answer(200, "Active ones, then pending, then expired.", {
        schema: foreign("gettableSilences", "array"),
        example: [SHOWN],
      }),
      WRONG_QUERY,
    ],
  }),
  act({
    id: "postAlertmanagerSilence",
    method: "post",
    path: "/api/v2/silences",
    summary: "Makes a silence, or changes one",
    description:
      "With `id` it changes that one. What a silence here cannot say is refused, never cut short. " +
      "The instants of the example are those of a day that is over.",
    body: {
      required: true,
      content: [{
        type: "application/json",
        schema: foreign("postableSilence"),
        example: POSTED,
      }],
    },
    answers: [
      answer(200, "It holds.", {
        schema: {
          type: "object",
          properties: { silenceID: { type: "string" } },
          required: ["silenceID"],
        },
        example: { silenceID: A_SILENCE.id },
      }),
      refusal(400, "The body is not JSON, or says something wrong.", {
        text: "Cannot silence: nothing was changed: endsAt must be in the future",
      }),
      NO_SILENCE,
      refusal(413, "The body is longer than 16 KiB.", {
        text: "Cannot take a body of more than 16384 bytes: send less at a time",
      }),
      refusal(415, "The body is no JSON by its content type.", {
        text: "Cannot silence: send JSON, with content-type: application/json",
        headers: { "accept-post": ACCEPT_POST },
      }),
      refusal(429, "A thousand are kept, and all of them are yet to end.", {
        text: "Cannot do that: 1000 silences are there",
      }),
    ],
  }),
  read({
    id: "getAlertmanagerSilence",
    path: "/api/v2/silence/{id}",
    summary: "Shows one silence",
    params: PARAMS,
    answers: [
      answer(200, "The silence.", { schema: foreign("gettableSilence"), example: SHOWN }),
      NO_SILENCE,
    ],
  }),
  act({
    id: "endAlertmanagerSilence",
    method: "delete",
    path: "/api/v2/silence/{id}",
    summary: "Ends a silence now",
    description: "Ending what is over already is no mistake.",
    params: PARAMS,
    answers: [{ status: 200, description: "It is over." }, NO_SILENCE],
  }),
  read({
    id: "listAlertmanagerReceivers",
    path: "/api/v2/receivers",
    summary: "Names the receivers",
    answers: [
      answer(200, "Their names, and `none` for nobody.", {
        schema: foreign("receiver", "array"),
        example: [{ name: "log" }, { name: "none" }],
      }),
    ],
  }),
  read({
    id: "getAlertmanagerStatus",
    path: "/api/v2/status",
    summary: "Tells what it is that answers",
    answers: [
      answer(200, "A version of Alertmanager whose clients it understands.", {
        schema: foreign("alertmanagerStatus"),
        example: {
          cluster: { status: "disabled", peers: [] },
          config: { original: "# This is Vitals 0.1.0\n" },
          uptime: "2023-11-14T22:13:20.000Z",
          versionInfo: { version: "0.25.0", revision: "vitals-0.1.0" },
        },
      }),
    ],
  }),
];
