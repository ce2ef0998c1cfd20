import { assert } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { FirstSteps } from "@/components/FirstSteps.tsx";

Deno.test("FirstSteps names three things to try, the command with the port at hand", () => {
  const html = renderToString(
    <FirstSteps origin="http://127.0.0.1:8123" service="auth-service" />,
  );
  const text = html.replaceAll("&quot;", '"');
  assert(text.includes("Inject fault"), text);
  assert(text.includes('href="/services/auth-service"'), text);
  assert(
    text.includes("curl http://127.0.0.1:8123/api/samples -H 'content-type: application/json' -d"),
    text,
  );
  assert(text.includes('{"service":"my-service","metrics":{"cpu":41.2}}'), text);
  assert(text.includes('action="/first-steps"'), text);
});
