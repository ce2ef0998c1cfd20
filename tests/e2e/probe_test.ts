import { assert, assertEquals, assertMatch } from "@std/assert";

import type { ServiceView } from "@/lib/protocol/views.ts";

import { openPage, untilLive } from "./browser.ts";
import { ReceivingServer } from "../support/receiving_server.ts";
import { freePort } from "../support/raw_server.ts";
import { RunningApp } from "./running_app.ts";

const TOKEN = "geheim-4711";

/** What a probed server answers until it is told otherwise. */
class Shop extends ReceivingServer {
  /** Answers so from now on, whatever was planned. */
  answer(status: number, text: string): void {
    this.script.length = 0;
    this.script.push(...Array.from({ length: 10_000 }, () => () => new Response(text, { status })));
  }
}

Deno.test("probe: a card lives by it, says why it fails, and recovers", async () => {
  await using shop = new Shop();
  shop.answer(200, '{ "status": "ok" }');
  const source = {
    ...{ kind: "probe", url: `${shop.origin}/health?key=\${SHOP_TOKEN}`, interval: "1s" },
    headers: { authorization: "Bearer ${SHOP_TOKEN}" },
    expect: { json: { path: "$.status", equals: "ok" } },
  };
  const services = [{ name: "shop", tags: ["web"], source }];
  await using app = await RunningApp.start({ services }, { SHOP_TOKEN: TOKEN });
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await untilLive(page);
  const card = page.locator("#service-shop");
  await page.locator('#service-shop[data-tone="ok"]').waitFor();
  await card.getByText(/^\d+ ms$/).first().waitFor();
  assertMatch(await card.innerText(), /web · probe/);
  const [{ path, headers } = assertCame()] = shop.received;
  assertEquals([path, headers.get("authorization")], [`/health?key=${TOKEN}`, `Bearer ${TOKEN}`]);

  const { host } = new URL(shop.origin);
  shop.answer(503, "closed");
  await card.getByText(`status 503: ${host} answered 503, expected 2xx`).waitFor();
  await page.locator('#service-shop[data-tone="crit"]').waitFor();
  assertMatch(await page.title(), /down/i);
  const [view] = await readServices(app.origin);
  assertEquals([view?.status, view?.failure?.reason], ["DOWN", "status 503"]);
  assertEquals(view?.source, { kind: "probe", about: `GET ${shop.origin}/` });
  assert(!JSON.stringify(view).includes(TOKEN));

  shop.answer(200, '{ "status": "degraded" }');
  await card.getByText(`body: What ${host} sends has "degraded" at $.status, expected "ok"`)
    .waitFor();

  await page.goto(`${app.origin}/services/shop`);
  await page.getByText(/^body: What/).waitFor();
  await page.goto(`${app.origin}/`);
  await untilLive(page);

  shop.answer(200, '{ "status": "ok" }');
  await card.locator('[class*="badge"]').getByText(/healthy|degraded/i).waitFor();
  assertEquals(await card.locator(".note").count(), 0);
  assertEquals(open.errors, []);
});

Deno.test("probe: each kind of failure has its reason, and none touches the others", async () => {
  await using shop = new Shop();
  shop.answer(200, "fine");
  await using large = new Shop();
  large.answer(200, "x".repeat(5_000));
  await using moved = new ReceivingServer();
  const elsewhere = { location: "http://elsewhere.invalid/" };
  moved.script.push(
    ...Array.from(
      { length: 100 },
      () => () => new Response(null, { status: 302, headers: elsewhere }),
    ),
  );
  const probe = (name: string, url: string, rest: object = {}) => ({
    name,
    source: { kind: "probe", url, interval: "1s", ...rest },
  });
  const closed = freePort();
  await using app = await RunningApp.start({
    services: [
      probe("good", shop.origin),
      probe("good-port", shop.origin.replace("http:", "tcp:")),
      probe("closed", `http://127.0.0.1:${closed}/`),
      probe("closed-port", `tcp://127.0.0.1:${closed}`),
      probe("no-name", "https://vitals.invalid/"),
      probe("no-tls", shop.origin.replace("http:", "https:")),
      probe("text", shop.origin, { expect: { contains: "Welcome" } }),
      probe("large", large.origin, { maxBytes: 1_024 }),
      probe("moved", moved.origin),
    ],
  });
  const wanted = {
    ...{ good: "", "good-port": "", closed: "refused", "closed-port": "refused" },
    ...{ "no-name": "dns", "no-tls": "tls", text: "body", large: "too large", moved: "redirect" },
  };
  const services = await untilServices(
    app.origin,
    ({ lastHeartbeat, failure }) => lastHeartbeat !== null || failure !== null,
  );
  const found = services.map(({ name, failure }) => [name, failure?.reason ?? ""] as const);
  assertEquals(Object.fromEntries(found), wanted);
});

Deno.test("probe: with denyPrivate, addresses of this machine get nothing", async () => {
  await using shop = new Shop();
  shop.answer(200, "fine");
  await using app = await RunningApp.start({
    sources: { probe: { denyPrivate: true } },
    services: [
      { name: "shop", source: { kind: "probe", url: shop.origin, interval: "1s" } },
      {
        name: "named",
        source: {
          ...{ kind: "probe", interval: "1s" },
          url: shop.origin.replace("127.0.0.1", "localhost"),
        },
      },
    ],
  });
  const services = await untilServices(app.origin, ({ failure }) => failure !== null);
  assertEquals(services.map(({ failure }) => failure?.reason), [
    "private address",
    "private address",
  ]);
  assertEquals(shop.received, []);
});

/** Asks until all services are as wanted; the first looks come within a second. */
async function untilServices(
  origin: string,
  isWanted: (service: ServiceView) => boolean,
): Promise<ServiceView[]> {
  for (let asked = 0; asked < 20_000; asked++) {
    const services = await readServices(origin);
    if (services.every(isWanted)) return services;
  }
  throw new Error("the services did not come to what was wanted");
}

async function readServices(origin: string): Promise<ServiceView[]> {
  const response = await fetch(`${origin}/api/services`);
  return await response.json();
}

function assertCame(): never {
  throw new Error("nothing came");
}
