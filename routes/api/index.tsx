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
import { curlExample, type CurlOptions } from "@/lib/protocol/openapi/curl_example.ts";
import { describeApi } from "@/lib/protocol/openapi/describe_api.ts";
import { OPERATIONS } from "@/lib/protocol/openapi/operations.ts";
import { visitedOrigin } from "@/lib/protocol/openapi/visited_origin.ts";
import { define } from "@/utils.ts";
import { api, title } from "@/texts/frame.ts";

/** Takes the description. Examples call the address under which the page is read. */
export const handler = define.handlers({
  GET: ({ state, url }) => {
    const { access: { hasTokens }, monitor } = state;
    const document = describeApi(monitor.metrics(), state.health().version);
    const counts = countStatuses(monitor.services().map(({ status }) => status));
    const origin = visitedOrigin(url, monitor.origins());
    return page(
      { document, icon: faviconOf(counts), origin, hasTokens },
      { headers: { "cache-control": "no-store" } },
    );
  },
});

/** Renders the page. */
export default define.page<typeof handler>(function ApiRoute({ data, req }) {
  const { document, icon, ...options } = data;
  return (
    <PageFrame path="/api" theme={readTheme(req.headers.get("cookie"))}>
      <PageHead title={title(api)} icon={icon} />
      <Head>
        <link key="api" rel="stylesheet" href={asset("/api.css")} />
        <link key="service-desc" rel="service-desc" href="/api/openapi.json" />
      </Head>
      <ApiPage
        document={document}
        hasTokens={options.hasTokens}
        commandOf={(id) => commandOf(id, options)}
      />
    </PageFrame>
  );
});

function commandOf(id: string, options: CurlOptions): string {
  const operation = OPERATIONS.find((each) => each.id === id);
  return operation === undefined ? "" : curlExample(operation, options);
}
