import { signal } from "@preact/signals";
import { assert, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import type { LiveStore } from "@/components/live_store.ts";
import { useLive } from "@/components/use_live.ts";

import { service, snapshot } from "./views.ts";

Deno.test("useLive() gives all islands of a page one store, and each page its own", () => {
  const page = signal(snapshot([service("a")]));
  const otherPage = signal(page.peek());
  const stores: LiveStore[] = [];
  function Island({ initial }: { initial: typeof page }) {
    stores.push(useLive(initial));
    return null;
  }
  renderToString(
    <>
      <Island initial={page} />
      <Island initial={page} />
      <Island initial={otherPage} />
    </>,
  );
  const [one, two, other] = stores;
  assert(one !== undefined);
  assertStrictEquals(two, one);
  assertNotStrictEquals(other, one);
});

Deno.test("useLive() does not connect while the server renders", () => {
  const stores: LiveStore[] = [];
  function Island() {
    stores.push(useLive(signal(snapshot([]))));
    return null;
  }
  renderToString(<Island />);
  assert(stores[0]?.connection.value.kind === "stopped");
});
