/**
 * The frame of every page: the bar on top and the main part.
 *
 * @module
 */

import type { ComponentChildren, VNode } from "preact";
import { useContext } from "preact/hooks";

import ThemeSwitch from "@/islands/ThemeSwitch.tsx";
import { loginPath } from "@/lib/protocol/return_path.ts";
import * as words from "@/texts/frame.ts";

import { type Account, AccountContext } from "./account.ts";
import type { Theme } from "./theme.ts";

/** Props of {@linkcode PageFrame}. */
export interface PageFrameProps {
  /** Path of the page, to mark it in the navigation. */
  readonly path: string;
  readonly theme: Theme;
  /** What stands at the right end of the bar, before the switch of theme. */
  readonly status?: ComponentChildren;
  readonly children: ComponentChildren;
}

type PageLink = readonly [path: string, title: string];

const PAGES: readonly PageLink[] = [
  ["/", words.dashboard],
  ["/alerts", words.alerts],
];

const AUDIT: PageLink = ["/audit", words.audit];

/** For whoever reads, at the foot of every page. */
const MORE: readonly PageLink[] = [
  ["/api", words.api],
  ["/slides", words.talk],
];

const STATUS_PAGE: PageLink = ["/status", words.statusPage];

/** Renders logo, navigation and status above the main part, and what else there is below it. */
export function PageFrame({ path, theme, status, children }: PageFrameProps): VNode {
  const account = useContext(AccountContext);
  const pages = [...account.mayRead ? PAGES : [], ...account.mayOperate ? [AUDIT] : []];
  const more = [...account.hasStatusPage ? [STATUS_PAGE] : [], ...account.mayRead ? MORE : []];
  return (
    <>
      <a class="skip" href="#main">{words.skip}</a>
      <header class="bar">
        <a class="logo" href="/">
          <Logo />
          {words.vitals}
        </a>
        <nav aria-label={words.main}>
          {pages.map(([href, title]) => (
            <a key={href} href={href} aria-current={currentOf(path, href)}>{title}</a>
          ))}
        </nav>
        {status}
        <AccountPart account={account} path={path} />
        <ThemeSwitch theme={theme} />
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer class="foot">
        {more.map(([href, title]) => (
          <a key={href} href={href} aria-current={currentOf(path, href)}>{title}</a>
        ))}
      </footer>
    </>
  );
}

interface AccountPartProps {
  readonly account: Account;
  readonly path: string;
}

/** A form without scripts; nothing where nobody need sign in. */
function AccountPart({ account: { name, canSignIn }, path }: AccountPartProps): VNode | null {
  if (name !== null) {
    return (
      <form class="account" method="post" action="/logout">
        <span>{words.signedInAs(<b>{name}</b>)}</span>
        <button type="submit" class="ghost">{words.signOut}</button>
      </form>
    );
  }
  if (!canSignIn || path === "/login") return null;
  return <a class="ghost account" href={loginPath(path)}>{words.signIn}</a>;
}

/** A page below one of the navigation marks that one too, though it is another page. */
function currentOf(path: string, href: string): "page" | "true" | undefined {
  if (path === href) return "page";
  return href !== "/" && path.startsWith(`${href}/`) ? "true" : undefined;
}

/** Renders the mark of Vitals. */
export function Logo(): VNode {
  return (
    <svg
      width="26"
      height="20"
      viewBox="0 0 26 20"
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M1 11h5l3-9 5 16 4-10 2 3h5" />
    </svg>
  );
}
