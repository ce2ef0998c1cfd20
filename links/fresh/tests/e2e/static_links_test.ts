import { join } from "node:path";

import { assertEquals } from "@std/assert";

import { Builder } from "../../src/dev/mod.ts";
import { App, staticFiles } from "../../src/mod.ts";
import { createProject } from "../support/project.ts";

// It stands here because Deno makes links only for those who may write everywhere.
Deno.test("Builder.build() does not follow symbolic links out of the static folder", async () => {
  await using project = await createProject({ "static/a.txt": "a", "secret.txt": "s" });
  await Deno.symlink(join(project.root, "secret.txt"), join(project.root, "static/link.txt"));
  await Deno.symlink(project.root, join(project.root, "static/linked"));
  for (const mode of ["production", "development"] as const) {
    const app = new App().use(staticFiles()).fsRoutes();
    (await new Builder({ root: project.root }).build({ mode, snapshot: "memory" }))(app);
    const paths = ["/a.txt", "/link.txt", "/linked/secret.txt"];
    const handler = app.handler();
    const found = await Promise.all(
      paths.map(async (path) => {
        const answer = await handler(new Request(`http://localhost${path}`));
        await answer.body?.cancel();
        return answer.status;
      }),
    );
    assertEquals(found, [200, 404, 404]);
  }
});
