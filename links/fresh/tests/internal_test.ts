import { assertEquals } from "@std/assert";

import { createServer, type Snapshot } from "../src/internal.ts";
import { App, staticFiles } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";
import { createProject, type Project } from "./support/project.ts";

const SMALL = "/_fresh/js/b1/boot.js";
const LARGE = "/large.bin";
const LARGE_BYTES = 2 * 1024 * 1024;

/** A server of two files on disk. */
function serve(project: Project): (path: string) => Promise<Response> {
  const app = new App().use(staticFiles());
  const server = createServer(app, snapshot(), new URL(`file://${project.root}/server.js`).href);
  return (path) => server.fetch(new Request(`http://localhost${path}`));
}

function snapshot(): Snapshot {
  const about = { contentType: "text/plain", hash: "h" };
  const boot = { path: SMALL, imports: [] };
  return {
    ...{ id: "b1", root: ".", islands: [], routes: [], scripts: { boot, reload: null } },
    files: {
      [SMALL]: { ...about, file: "./boot.js", size: 4 },
      [LARGE]: { ...about, file: "./large.bin", size: LARGE_BYTES },
    },
  };
}

Deno.test("createServer() sends the files of its own build after another one", async () => {
  await using project = await createProject({ "boot.js": "boot" });
  const ask = serve(project);
  await project.write({ "boot.js": "longer" });
  assertEquals(await (await ask(SMALL)).text(), "boot");
  await Deno.remove(`${project.root}/boot.js`);
  const response = await ask(SMALL);
  assertEquals([response.status, await response.text()], [200, "boot"]);
});

Deno.test("createServer() sends a large file, and 404 quietly once it is gone", async () => {
  await using project = await createProject({ "large.bin": "x".repeat(LARGE_BYTES) });
  const ask = serve(project);
  assertEquals((await (await ask(LARGE)).text()).length, LARGE_BYTES);
  await Deno.remove(`${project.root}/large.bin`);
  using logged = captureErrors();
  for (const path of [LARGE, SMALL]) {
    const response = await ask(path);
    assertEquals([path, response.status], [path, 404]);
    await response.body?.cancel();
  }
  assertEquals(logged.calls, []);
});
