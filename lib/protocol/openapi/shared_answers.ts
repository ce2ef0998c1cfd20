/**
 * Answers that many operations share, most of them problems, and the headers that they carry.
 *
 * @module
 */

import { plainProblem, PROBLEM_TYPE } from "@/lib/protocol/problem.ts";
import type { Problem } from "@/lib/protocol/problem.ts";

import {
  type Answer,
  type AnswerHeader,
  type Content,
  type Operation,
  refTo,
} from "./operation.ts";

/** In how many seconds to ask again. */
export const RETRY_AFTER: AnswerHeader = {
  description: "In how many seconds to try again.",
  pattern: "^[1-9][0-9]*$",
  required: true,
};

/** Where the thing that was made is. */
export const LOCATION: AnswerHeader = {
  description: "Where it is.",
  pattern: "^/api/",
  required: true,
};

/** Where the next page of a list is. */
export const LINK: AnswerHeader = {
  description: 'Where the next page is, if there is one: `</api/…>; rel="next"` (RFC 8288).',
  pattern: '^<[^>]+>; rel="next"$',
  required: false,
};

/** That the answer depends on what is accepted. */
export const VARY_ACCEPT: AnswerHeader = {
  description: "The answer depends on `Accept`.",
  pattern: "(^|, ?)[Aa]ccept(,|$)",
  required: true,
};

/** The media types that are taken. */
export const ACCEPT_POST: AnswerHeader = {
  description: "The media types that are taken.",
  pattern: "^[a-z]+/",
  required: true,
};

/** The content encodings that are taken. */
export const ACCEPT_ENCODING: AnswerHeader = {
  description: "The content encodings that are taken, if that was what was wrong.",
  pattern: "^[a-z]+",
  required: false,
};

const WWW_AUTHENTICATE: AnswerHeader = {
  description: "How to say who one is.",
  pattern: "^Bearer ",
  required: true,
};

/** How {@linkcode problem} answers. */
export interface ProblemOptions {
  /** The `detail` of the example. */
  readonly detail?: string;
  /** Its issues. */
  readonly issues?: NonNullable<Problem["issues"]>;
  /** Headers. */
  readonly headers?: Readonly<Record<string, AnswerHeader>>;
}

/** Returns an answer that is a problem. */
export function problem(
  status: number,
  description: string,
  { detail, issues, headers }: ProblemOptions = {},
): Answer {
  const example: Problem = {
    ...plainProblem(status),
    ...detail === undefined ? {} : { detail },
    ...issues === undefined ? {} : { issues },
  };
  return {
    status,
    description,
    ...headers === undefined ? {} : { headers },
    content: [{ type: PROBLEM_TYPE, schema: refTo("Problem"), example }],
  };
}

/** Returns the answer to a path that names nothing. */
export function missing(what: string, example: string): Answer {
  return problem(404, `There is no such ${what}.`, { detail: `There is no ${what} "${example}"` });
}

/** Returns the answer to a query that is wrong; `issue` is an example of what is. */
export function wrongQuery(issue: { readonly path: string; readonly message: string }): Answer {
  return problem(422, "The query is wrong; `issues` says where.", {
    detail: "Cannot read the query",
    issues: [issue],
  });
}

/** The answer when history cannot be read. */
export const NO_HISTORY: Answer = problem(503, "History cannot be read for now.", {
  detail: "Cannot read history now: try again in 5 s; the log of Vitals says what is wrong",
  headers: { "retry-after": RETRY_AFTER },
});

/** Returns the answer to an act that cannot be done now. */
export function conflict(description: string, reason: string): Answer {
  return problem(409, description, { detail: `Cannot do that: ${reason}` });
}

/** Returns the answer when a bound is reached that goes away only when somebody makes room. */
export function full(description: string, reason: string): Answer {
  return problem(429, description, { detail: `Cannot do that: ${reason}` });
}

/** Returns the answers that an act has whose body is wrong; `issue` is an example of what is. */
export function wrongBody(issue: { readonly path: string; readonly message: string }): Answer[] {
  return [
    problem(400, "The body is not JSON, or the address is malformed.", {
      detail: "Cannot read the body as JSON: it is empty",
    }),
    problem(413, "The body is longer than 16 KiB.", {
      detail: "Cannot take a body of more than 16384 bytes: send less at a time",
    }),
    problem(415, "The body is no JSON by its content type.", {
      detail: "Cannot do that: send JSON, with content-type: application/json",
      headers: { "accept-post": ACCEPT_POST },
    }),
    problem(422, "The body says something wrong; `issues` says what.", {
      detail: "Cannot do that: nothing was changed",
      issues: [issue],
    }),
  ];
}

/** The answers that taking samples has beside acceptance, whatever the form. */
export const NOT_TAKEN: readonly Answer[] = [
  problem(413, "There are too many bytes or samples.", {
    detail: "Cannot take a body of more than 1048576 bytes: send less at a time",
  }),
  problem(429, "A bound is reached, or samples come faster than they can be written.", {
    detail: "Cannot take samples as fast as they come: too many wait to be written",
    headers: { "retry-after": RETRY_AFTER },
  }),
  problem(503, "Nothing can be written: the samples are watched, but not kept.", {
    detail: "The samples are watched, but cannot be kept for now; send them again later: disk full",
    headers: { "retry-after": RETRY_AFTER },
  }),
];

/** The answer to samples in a form that is not taken. */
export const WRONG_FORM: Answer = problem(415, "Another content type, charset or encoding.", {
  detail: 'Cannot take content type "text/plain": send "application/json"',
  headers: { "accept-post": ACCEPT_POST, "accept-encoding": ACCEPT_ENCODING },
});

const MALFORMED = problem(400, "The address is malformed.");

const UNAUTHORIZED = problem(401, "A token is missing, or it is none of this Vitals.", {
  detail: 'Cannot do this without a token: sign in, or send "Authorization: Bearer <token>"',
  headers: { "www-authenticate": WWW_AUTHENTICATE },
});

const FOREIGN = problem(403, "It comes from a page of another site, or under a foreign name.", {
  detail: "Cannot take this from a page of another site",
});

const FORBIDDEN = problem(
  403,
  "The token is not good for this; or no token is set, and it comes from another machine; or it comes from " +
    "a page of another site, or under a foreign name.",
  {
    detail: 'Cannot do this with this token: it wants one of scope "operate"',
    headers: {
      "www-authenticate": {
        ...WWW_AUTHENTICATE,
        description: "Which scope is wanted, if that was what was wrong.",
        required: false,
      },
    },
  },
);

const LIMITED = problem(429, "Too many tokens from this address were wrong.", {
  detail: "Cannot look at a token now: too many from your address were wrong; try again in 30 s",
  headers: { "retry-after": RETRY_AFTER },
});

const FAULT = problem(500, "A fault of Vitals; its log says more.");

/** Returns all answers of an operation: its own, and those that all of its kind have. */
export function answersOf(operation: Operation): readonly Answer[] {
  const shared = sharedAnswers(operation);
  const own = operation.answers.map((answer) => {
    const other = shared.find(({ status }) => status === answer.status);
    return other === undefined ? answer : joinAnswers(answer, other);
  });
  const others = shared.filter(({ status }) => !own.some((answer) => answer.status === status));
  return [...own, ...others];
}

function sharedAnswers({ path, params, scope, errors = "problem" }: Operation): readonly Answer[] {
  // What stands in a path may be an escape that means nothing; a query is never malformed.
  const malformed = params === undefined || !path.includes("{") ? [] : [MALFORMED];
  const refused = scope === "public" ? [FOREIGN] : [UNAUTHORIZED, FORBIDDEN, LIMITED];
  return [...malformed, ...refused, FAULT].map((shared) => {
    if (errors === "problem") return shared;
    return { ...shared, content: errors === "page" ? [PAGE] : errors };
  });
}

/** One status may be answered for reasons of its own and for those that others have too. */
function joinAnswers(own: Answer, shared: Answer): Answer {
  const { content = [] } = own;
  const others = (shared.content ?? []).filter(({ type }) => {
    return !content.some((each) => each.type === type);
  });
  const headers = joinHeaders(own.headers ?? {}, shared.headers ?? {});
  return {
    ...own,
    description: `${own.description} Or: ${uncapitalize(shared.description)}`,
    content: [...content, ...others],
    ...Object.keys(headers).length === 0 ? {} : { headers },
  };
}

/** A header is always there if it is for either reason. */
function joinHeaders(
  own: NonNullable<Answer["headers"]>,
  shared: NonNullable<Answer["headers"]>,
): NonNullable<Answer["headers"]> {
  return Object.fromEntries(
    Object.entries({ ...shared, ...own }).map(([name, header]) => {
      const required = own[name]?.required === true && shared[name]?.required === true;
      return [name, { ...header, required }];
    }),
  );
}

function uncapitalize(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

const PAGE: Content = {
  type: "text/html; charset=utf-8",
  schema: { type: "string", description: "A page for people." },
  example: "<!DOCTYPE html>…",
};
