/**
 * The methods of a route: what is there is served, and anything else gets the answer that HTTP asks for.
 *
 * @module
 */

import { ProblemError } from "./problem.ts";

/** Answers a request. */
export type Answer<Context> = (context: Context) => Response | Promise<Response>;

/** What a route does, by method. */
export interface MethodAnswers<Context> {
  /** Also serves HEAD. */
  readonly GET?: Answer<Context>;
  /** Takes something in. */
  readonly POST?: Answer<Context>;
  /** Puts something in the place of another. */
  readonly PUT?: Answer<Context>;
  /** Takes something away. */
  readonly DELETE?: Answer<Context>;
}

/**
 * Returns one function for all methods of a route. OPTIONS is answered with 204 and `Allow`.
 *
 * @throws {ProblemError} The function: 405 with `Allow` for a method that is not there.
 */
export function serveMethods<Context extends { readonly req: Pick<Request, "method"> }>(
  answers: MethodAnswers<Context>,
): Answer<Context> {
  const byMethod = new Map(Object.entries({ ...answers, HEAD: answers.GET }));
  const allow = [...Object.keys(answers), ...(answers.GET ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return (context) => {
    const { method } = context.req;
    const answer = byMethod.get(method);
    if (answer !== undefined) return answer(context);
    if (method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
    throw new ProblemError(405, `Cannot ${method} here: allowed are ${allow}`, {
      headers: { allow },
    });
  };
}
