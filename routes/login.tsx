/**
 * Where people sign in with a token. It works without scripts.
 *
 * @module
 */

import { type Context, page, type PageResponse } from "fresh";
import { Head } from "fresh/runtime";
import type { VNode } from "preact";

import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import { countStatuses } from "@/lib/domain/verdict.ts";
import { limitedError } from "@/lib/protocol/access_answer.ts";
import { decodeUtf8 } from "@/lib/protocol/json_text.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";
import { readBody } from "@/lib/protocol/read_body.ts";
import { loginPath, parseReturnPath } from "@/lib/protocol/return_path.ts";
import { beginSessionCookie } from "@/lib/protocol/session_cookie.ts";
import { define, type State } from "@/utils.ts";
import { title } from "@/texts/frame.ts";
import * as words from "@/texts/pages.ts";

/** What the page shows. */
interface LoginView {
  /** Where it leads. */
  readonly to: string;
  /** Whether there is anything to sign in with. */
  readonly hasTokens: boolean;
  /** Why the last attempt failed; empty if there was none. */
  readonly failure: string;
  /** Whether the browser is to come again: it may have a session, and did not send it. */
  readonly comesAgain: boolean;
}

/** The longest form, in bytes. */
const MAX_FORM_BYTES = 16_384;

const NO_STORE = { "cache-control": "no-store" };

/** Shows the form, and takes it. Whoever is signed in goes on at once. */
export const handler = define.handlers({
  GET: (ctx) => showForm(ctx),
  POST: (ctx) => takeForm(ctx),
});

function showForm({ req, state, url }: Context<State>): Response | PageResponse<LoginView> {
  const to = parseReturnPath(url.searchParams.get("to"));
  const { access, caller } = state;
  if (caller?.identity.kind === "session" && access.may(caller, "read")) return goTo(to);
  // A link on a page of another site leads here without the cookie, which is SameSite=Strict. A step from this
  // page on, it is sent again.
  const comesAgain = req.headers.get("sec-fetch-site") === "cross-site" &&
    !url.searchParams.has("again");
  return show({ to, hasTokens: access.hasTokens, failure: "", comesAgain });
}

async function takeForm(ctx: Context<State>): Promise<Response | PageResponse<LoginView>> {
  const { req, state: { access, audit, caller } } = ctx;
  const form = await readForm(req);
  const to = parseReturnPath(form.get("to"));
  if (caller === undefined || !access.hasTokens) return goTo(to);
  const view = { to, hasTokens: true, comesAgain: false };
  const result = access.signIn(form.get("token")?.trim() ?? "", caller, "POST /login");
  switch (result.kind) {
    case "wrong":
      return show({ ...view, failure: words.wrongToken }, {
        status: 401,
        headers: { "www-authenticate": 'Bearer realm="Vitals"' },
      });
    case "limited": {
      const { headers } = limitedError(result.retryAfterMs);
      const failure = words.tooManyTokens(headers["retry-after"] ?? "");
      return show({ ...view, failure }, { status: 429, headers });
    }
    case "insufficient":
      return show({ ...view, failure: words.sendingToken }, { status: 403 });
    case "done": {
      const { address } = caller.client;
      const act = { who: result.name, address, what: "POST /login", subject: "", status: 303 };
      audit.noteSession(act);
      return goTo(to, beginSessionCookie(result.cookie, caller.client));
    }
  }
}

async function readForm(req: Request): Promise<URLSearchParams> {
  const type = req.headers.get("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) {
    throw new ProblemError(415, "Cannot sign in: send the form of the page");
  }
  return new URLSearchParams(decodeUtf8(await readBody(req, MAX_FORM_BYTES)));
}

function goTo(location: string, cookie?: string): Response {
  const headers = {
    location,
    ...NO_STORE,
    ...cookie === undefined ? {} : { "set-cookie": cookie },
  };
  return new Response(null, { status: 303, headers });
}

function show(
  view: LoginView,
  { status = 200, headers = {} }: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): PageResponse<LoginView> {
  return page(view, { status, headers: { ...headers, ...NO_STORE } });
}

/** Renders the form, or says that there is nothing to sign in with. */
export default define.page<typeof handler>(function LoginPage({ data, req }) {
  return (
    <PageFrame path="/login" theme={readTheme(req.headers.get("cookie"))}>
      <PageHead title={title(words.signIn)} icon={faviconOf(countStatuses([]))} />
      {data.comesAgain && (
        <Head>
          <meta httpEquiv="refresh" content={`0; url=${againPath(data.to)}`} />
        </Head>
      )}
      <section class="verdict">
        <div>
          <h1>{words.signIn}</h1>
          <p>{data.hasTokens ? words.signInLead : words.noTokens}</p>
        </div>
      </section>
      {data.hasTokens && <LoginForm to={data.to} failure={data.failure} />}
    </PageFrame>
  );
});

/** The same page with another address: browsers may take a step to the very same one for a reload. */
function againPath(to: string): string {
  const path = loginPath(to);
  return `${path}${path.includes("?") ? "&" : "?"}again=1`;
}

/** Managers of passwords want a name beside what they keep. */
function LoginForm({ to, failure }: Pick<LoginView, "to" | "failure">): VNode {
  return (
    <form class="form sign-in" method="post" action="/login">
      <input type="hidden" name="to" value={to} />
      <input
        type="text"
        name="username"
        autoComplete="username"
        value="vitals"
        readOnly
        hidden
      />
      {failure !== "" && <p class="failure" id="failure" role="alert">{failure}</p>}
      <label>
        {words.token}
        <input
          type="password"
          name="token"
          autoComplete="current-password"
          required
          autoFocus
          aria-invalid={failure === "" ? undefined : "true"}
          aria-describedby={failure === "" ? undefined : "failure"}
        />
      </label>
      <footer>
        <button type="submit" class="primary">{words.signIn}</button>
      </footer>
    </form>
  );
}
