/**
 * The page for everything that went wrong. It tells the visitor what to do, and no details.
 *
 * @module
 */

import { HttpError, type PageProps } from "fresh";
import type { VNode } from "preact";

import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import { countStatuses } from "@/lib/domain/verdict.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { title as titleOf } from "@/texts/frame.ts";
import * as words from "@/texts/pages.ts";

interface Explanation {
  readonly title: string;
  readonly advice: string;
}

/** Props of {@linkcode ErrorPage}. */
export type ErrorPageProps = Pick<PageProps, "error" | "req" | "url">;

/** Renders the error page in the look of the others. */
export default function ErrorPage({ error, req, url }: ErrorPageProps): VNode {
  const { title, advice } = explain(statusOf(error));
  return (
    <PageFrame path={url.pathname} theme={readTheme(req.headers.get("cookie"))}>
      <PageHead title={titleOf(title)} icon={faviconOf(countStatuses([]))} />
      <section class="verdict">
        <div>
          <h1>{title}</h1>
          <p>
            {words.advise(advice, <a href="/">{words.toDashboard}</a>)}
          </p>
        </div>
      </section>
    </PageFrame>
  );
}

function statusOf(error: unknown): number {
  if (error instanceof ProblemError) return error.problem.status;
  return error instanceof HttpError ? error.status : 500;
}

function explain(status: number): Explanation {
  if (status === 404) {
    return { title: words.notFound, advice: words.notFoundAdvice };
  }
  if (status === 403) {
    return {
      title: words.notAllowed,
      advice: words.notAllowedAdvice,
    };
  }
  if (status < 500) {
    return { title: words.cannotBeDone, advice: words.cannotBeDoneAdvice };
  }
  return {
    title: words.wentWrong,
    advice: words.wentWrongAdvice,
  };
}
