/**
 * The talk: seven slides, the presenter's view (`?presenter=1`), and the previews in it (`?preview=0` or `1`).
 *
 * @module
 */

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import type { VNode } from "preact";

import { PageHead } from "@/components/PageHead.tsx";
import { Deck } from "@/components/slides/Deck.tsx";
import { slideOfUrl } from "@/components/slides/deck_keys.ts";
import { planOf, SLIDES } from "@/components/slides/script.ts";
import SlideDeck from "@/islands/SlideDeck.tsx";
import SlidePresenter from "@/islands/SlidePresenter.tsx";
import SlidePreview from "@/islands/SlidePreview.tsx";
import { define } from "@/utils.ts";
import { title as titleOf } from "@/texts/frame.ts";
import { presenterTitle } from "@/texts/talk.ts";

/** Which window of the talk it is. */
type View = "audience" | "presenter" | "preview" | "next";

/** Reads the address. */
export const handler = define.handlers({
  GET: ({ url }) => page({ view: viewOf(url.searchParams), slide: slideOfUrl(url) }),
});

const NAMES = SLIDES.map(({ name }) => name);

/** Renders the window. */
export default define.page<typeof handler>(function SlidesPage({ data: { view, slide } }) {
  const title = view === "presenter" ? presenterTitle : planOf(slide).name;
  return (
    <>
      <PageHead title={titleOf(title)} icon="/favicon-healthy.svg" />
      <Head>
        <link key="slides" rel="stylesheet" href={asset("/slides.css")} />
      </Head>
      {renderView(view, slide)}
    </>
  );
});

function renderView(view: View, slide: number): VNode {
  switch (view) {
    case "presenter":
      return <SlidePresenter slide={slide} />;
    case "audience":
      return (
        <>
          <Deck isStill={false} />
          <SlideDeck slide={slide} names={NAMES} />
        </>
      );
    case "preview":
    case "next":
      return (
        <div class="previewed">
          <Deck isStill />
          <SlidePreview slide={slide} offset={view === "next" ? 1 : 0} names={NAMES} />
        </div>
      );
  }
}

function viewOf(query: URLSearchParams): View {
  if (query.get("presenter") === "1") return "presenter";
  switch (query.get("preview")) {
    case "0":
      return "preview";
    case "1":
      return "next";
    default:
      return "audience";
  }
}
