/**
 * The description of the API for people.
 *
 * @module
 */

import { page } from "fresh";
import { asset, Head } from "fresh/runtime";

import { ApiPage } from "@/components/api/ApiPage.tsx";
import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import { countStatuses } from "@/lib/domain/verdict.ts";
import { EXAMPLE_ORIGIN } from "@/lib/protocol/openapi/curl_example.ts";
import { describeApi } from "@/lib/protocol/openapi/describe_api.ts";
import { define } from "@/utils.ts";

/** Takes the description. Examples call the address under which the page is read. */
export const handler = define.handlers({
  GET: ({ state, url }) => {
    const document = describeApi(state.monitor.metrics(), state.health().version);
    const counts = countStatuses(state.monitor.services().map(({ status }) => status));
    const { host, protocol } = url;
    return page(
      { document, icon: faviconOf(counts), origin: `${protocol}//${host}` },
      { headers: { "cache-control": "no-store" } },
    );
  },
});

/** Renders the page. */
export default define.page<typeof handler>(function ApiRoute({ data, req }) {
  const { document, icon, origin } = data;
  const socket = [EXAMPLE_ORIGIN, origin].map((from) => from.replace(/^http/, "ws"));
  return (
    <PageFrame path="/api" theme={readTheme(req.headers.get("cookie"))}>
      <PageHead title="API · Vitals" icon={icon} />
      <Head>
        <link key="api" rel="stylesheet" href={asset("/api.css")} />
      </Head>
      <ApiPage
        document={document}
        commandOf={({ "x-codeSamples": [sample] }) =>
          (sample?.source ?? "")
            .replace(EXAMPLE_ORIGIN, () => origin)
            .replace(socket[0] ?? "", () => socket[1] ?? "")}
      />
    </PageFrame>
  );
});
