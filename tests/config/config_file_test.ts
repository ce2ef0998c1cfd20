import { assertEquals, assertRejects } from "@std/assert";

import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
import {
  type ConfigFile,
  createConfigFile,
  type OnConfigChange,
} from "@/lib/config/config_file.ts";
import { DEFAULT_CONFIG } from "@/lib/config/parse_config.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

import { FakeConfigFiles } from "./fake_config_files.ts";
import { RecordedLog } from "../support/recorded_log.ts";

const PATH = "vitals.config.jsonc";
const DEBOUNCE_MS = 100;
const POLL_MS = 10_000;

const REFUSED = "error: config refused, the last good one stays";
const CHANGED = "info: config changed";
const GOOD_AGAIN = "info: config good again";

class Story implements AsyncDisposable {
  readonly clock = new FakeClock(0);
  readonly log = new RecordedLog();
  readonly changes: MonitorConfig[] = [];

  private constructor(readonly files: FakeConfigFiles, public file: ConfigFile) {}

  static async of(
    content: string | null,
    { onChange, unwatchable = false }: {
      readonly onChange?: OnConfigChange;
      readonly unwatchable?: boolean;
    } = {},
  ): Promise<Story> {
    const files = new FakeConfigFiles(content);
    files.unwatchable = unwatchable;
    const clock = new FakeClock(0);
    const log = new RecordedLog();
    const file = await createConfigFile({ path: PATH, required: false, files, clock, log });
    const story = new Story(files, file);
    return Object.assign(story, { clock, log }).#begin(onChange);
  }

  /** What is in force, in short. */
  get services(): readonly string[] {
    return this.file.current().services.map(({ name }) => name);
  }

  async write(content: string | Uint8Array | Error | null): Promise<void> {
    this.files.write(content);
    await this.clock.advance(DEBOUNCE_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.stop();
  }

  async #begin(onChange: OnConfigChange = (config) => void this.changes.push(config)) {
    this.file.start(onChange);
    await this.clock.advance(0);
    return this;
  }
}

function withServices(...names: string[]): string {
  return JSON.stringify({ services: names.map((name) => ({ name })) });
}

async function firstReading(content: string | Uint8Array | Error | null, required: boolean) {
  return await createConfigFile({
    ...{ path: PATH, required, files: new FakeConfigFiles(content) },
    ...{ clock: new FakeClock(), log: new RecordedLog() },
  });
}

Deno.test("createConfigFile() reads the file", async () => {
  const file = await firstReading(withServices("a"), true);
  assertEquals(file.current().services.map(({ name }) => name), ["a"]);
  assertEquals(file.problem(), null);
});

Deno.test("createConfigFile() takes a missing default file for the default configuration", async () => {
  const file = await firstReading(null, false);
  assertEquals(file.current(), DEFAULT_CONFIG);
  assertEquals(file.problem(), null);
});

Deno.test("createConfigFile() rejects what cannot be used, in lines for a terminal", async (t) => {
  const denied = new Error("Permission denied (os error 13)");
  const rows: [string, string | Uint8Array | Error | null, string][] = [
    ["a missing file", null, "1 problem\n  there is no such file"],
    ["an empty file", "", "1 problem\n  the file says nothing; write at least {}"],
    ["a broken file", "{\n", '1 problem\n  line 2, column 1: expected "}"'],
    ["no UTF-8", new Uint8Array([0xff]), "1 problem\n  the file is not UTF-8; save it as UTF-8"],
    [
      "a huge file",
      new Uint8Array(1_048_577),
      "1 problem\n  the file is larger than 1048576 bytes",
    ],
    ["a closed file", denied, "1 problem\n  Permission denied (os error 13)"],
    [
      "two mistakes",
      '{ "rules": 1,\n"limits": 2 }',
      "2 problems\n  rules (line 1): must be a list of at most 100 rules, got 1\n" +
      '  limits (line 2): must be an object such as { "services": 1000 }, got 2',
    ],
  ];
  for (const [name, content, lines] of rows) {
    await t.step(name, async () => {
      const error = await assertRejects(() => firstReading(content, true), ConfigError);
      assertEquals(formatConfigError(error), `Cannot use ${PATH}: ${lines}`);
    });
  }
});

Deno.test("createConfigFile() rejects a wrong default file too", async () => {
  await assertRejects(() => firstReading("{", false), ConfigError);
});

Deno.test("createConfigFile() knows the profiles", async () => {
  const source = { kind: "simulated", profile: "apy", seed: 1 };
  const files = new FakeConfigFiles(JSON.stringify({ services: [{ name: "a", source }] }));
  const options = { path: PATH, required: true, files, clock: new FakeClock() };
  await assertRejects(
    () => createConfigFile({ ...options, log: new RecordedLog(), profiles: ["api"] }),
    ConfigError,
    'did you mean "api"?',
  );
});

Deno.test("ConfigFile hands on a changed file and has it in force", async () => {
  await using story = await Story.of(withServices("a"));
  await story.write(withServices("a", "b"));
  assertEquals(story.changes.map(({ services }) => services.length), [2]);
  assertEquals(story.file.current(), story.changes[0]);
  assertEquals(story.log.lines, [CHANGED]);
  assertEquals(story.log.fields, [{ path: PATH, services: 2, rules: 5 }]);
});

Deno.test("ConfigFile keeps the last good configuration while the file is wrong, and says so", async () => {
  await using story = await Story.of(withServices("a"));
  await story.clock.advance(500);
  await story.write('{ "rules": [{ "name": "R", "metric": "latncy", "above": 1 }] }');
  assertEquals(story.services, ["a"]);
  assertEquals(story.changes, []);
  const problem = story.file.problem();
  assertEquals(problem?.since, 600);
  assertEquals(
    problem?.message,
    `Cannot use ${PATH}: 1 problem\n` +
      '  rules[0].metric (line 1): no metric is called "latncy"; did you mean "latency"?',
  );
  assertEquals(problem?.issues.map(({ path }) => path), ["rules[0].metric"]);
  assertEquals(story.log.lines, [REFUSED]);
  assertEquals(story.log.fields, [{ path: PATH, issues: problem?.issues }]);
});

Deno.test("ConfigFile forgets the problem when the file is mended", async () => {
  await using story = await Story.of(withServices("a"));
  await story.write("{");
  await story.write(withServices("b"));
  assertEquals(story.file.problem(), null);
  assertEquals(story.services, ["b"]);
  assertEquals(story.log.lines, [REFUSED, CHANGED]);
});

Deno.test("ConfigFile hands on nothing when the file is put back as it was", async () => {
  await using story = await Story.of(withServices("a"));
  await story.write("{");
  await story.write(withServices("a"));
  assertEquals(story.file.problem(), null);
  assertEquals(story.changes, []);
  assertEquals(story.log.lines, [REFUSED, GOOD_AGAIN]);
});

Deno.test("ConfigFile remembers since when there is a problem through different mistakes", async () => {
  await using story = await Story.of(withServices("a"));
  await story.write("{");
  await story.write("[");
  assertEquals(story.file.problem()?.since, DEBOUNCE_MS);
  assertEquals(story.log.lines, [REFUSED, REFUSED]);
});

Deno.test("ConfigFile takes the same content for no change, good or bad", async () => {
  await using story = await Story.of(withServices("a"));
  await story.write(withServices("a"));
  await story.write("{");
  await story.write("{");
  await story.write(new Error("Permission denied"));
  await story.write(new Error("Permission denied"));
  assertEquals(story.changes, []);
  assertEquals(story.log.lines, [REFUSED, REFUSED]);
});

Deno.test("ConfigFile keeps the last good configuration when the file is deleted", async () => {
  await using story = await Story.of(withServices("a"));
  await story.write(null);
  assertEquals(story.services, ["a"]);
  assertEquals(
    story.file.problem()?.message,
    `Cannot use ${PATH}: 1 problem\n  there is no such file`,
  );
  await story.write(withServices("a"));
  assertEquals(story.file.problem(), null);
  assertEquals(story.changes, []);
});

Deno.test("ConfigFile takes up a default file that appears, and misses it when it goes", async () => {
  await using story = await Story.of(null);
  await story.write(withServices("a"));
  assertEquals(story.services, ["a"]);
  await story.write(null);
  assertEquals(story.services, ["a"]);
  assertEquals(story.file.problem()?.issues[0]?.message, "there is no such file");
});

Deno.test("ConfigFile is content without a default file after a wrong one went away", async () => {
  await using story = await Story.of(null);
  await story.write("{");
  await story.write(null);
  assertEquals(story.file.problem(), null);
  assertEquals(story.file.current(), DEFAULT_CONFIG);
});

Deno.test("ConfigFile waits until the file is left alone", async () => {
  await using story = await Story.of(withServices("a"));
  const reads = story.files.reads;
  story.files.write("");
  await story.clock.advance(DEBOUNCE_MS - 1);
  story.files.write(withServices("b"));
  await story.clock.advance(DEBOUNCE_MS - 1);
  assertEquals(story.files.reads, reads);
  await story.clock.advance(1);
  assertEquals(story.files.reads, reads + 1);
  assertEquals(story.services, ["b"]);
  assertEquals(story.log.lines, [CHANGED]);
});

Deno.test("ConfigFile finds a change that the watch missed", async () => {
  await using story = await Story.of(withServices("a"));
  story.files.content = withServices("b");
  await story.clock.advance(POLL_MS - 1);
  assertEquals(story.services, ["a"]);
  await story.clock.advance(1);
  assertEquals(story.services, ["b"]);
});

Deno.test("ConfigFile finds a change made between the first reading and the start", async () => {
  const files = new FakeConfigFiles(withServices("a"));
  const clock = new FakeClock();
  const options = { path: PATH, required: true, files, clock, log: new RecordedLog() };
  const file = await createConfigFile(options);
  files.content = withServices("b");
  file.start(() => {});
  await clock.advance(0);
  assertEquals(file.current().services[0]?.name, "b");
  await file.stop();
});

Deno.test("ConfigFile that cannot watch says so and polls", async () => {
  await using story = await Story.of(withServices("a"), { unwatchable: true });
  assertEquals(story.log.lines, ["warn: config not watched, only polled"]);
  assertEquals(story.log.fields, [{ path: PATH, reason: "too many watches" }]);
  story.files.content = withServices("b");
  await story.clock.advance(POLL_MS);
  assertEquals(story.services, ["b"]);
});

Deno.test("ConfigFile keeps the last good configuration when a new one cannot be applied", async () => {
  const onChange = () => Promise.reject(new Error("cannot start a worker"));
  await using story = await Story.of(withServices("a"), { onChange });
  await story.write(withServices("b"));
  assertEquals(story.services, ["a"]);
  assertEquals(story.file.problem()?.issues[0]?.message, "cannot start a worker");
  assertEquals(story.log.lines, [REFUSED]);
});

Deno.test("ConfigFile applies one change after the other", async () => {
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  await using story = await Story.of(withServices("a"), {
    onChange: async ({ services: [service] }) => {
      order.push(`begin ${service?.name}`);
      if (service?.name === "b") await gate.promise;
      order.push(`end ${service?.name}`);
    },
  });
  await story.write(withServices("b"));
  await story.write(withServices("c"));
  assertEquals(order, ["begin b"]);
  assertEquals(story.services, ["a"]);
  gate.resolve();
  await story.clock.advance(0);
  assertEquals(order, ["begin b", "end b", "begin c", "end c"]);
  assertEquals(story.services, ["c"]);
});

Deno.test("ConfigFile.start() begins once", async () => {
  await using story = await Story.of(withServices("a"));
  const second: MonitorConfig[] = [];
  story.file.start((config) => void second.push(config));
  await story.write(withServices("b"));
  assertEquals([story.files.watches, story.changes.length, second.length], [1, 1, 0]);
});

Deno.test("ConfigFile.stop() ends everything, and can be called again", async () => {
  const story = await Story.of(withServices("a"));
  story.files.write(withServices("b"));
  await story.file.stop();
  await story.file.stop();
  assertEquals([story.files.watches, story.clock.pending], [0, 0]);
  story.files.write(withServices("c"));
  story.file.start(() => {});
  await story.clock.advance(POLL_MS);
  assertEquals([story.services, story.changes], [["a"], []]);
});

Deno.test("ConfigFile.stop() before the start is fine", async () => {
  const file = await firstReading(withServices("a"), true);
  await file.stop();
});

Deno.test("ConfigFile.stop() awaits a change that is being applied", async () => {
  const gate = Promise.withResolvers<void>();
  const story = await Story.of(withServices("a"), { onChange: () => gate.promise });
  await story.write(withServices("b"));
  let stopped = false;
  const stopping = story.file.stop().then(() => {
    stopped = true;
  });
  await story.clock.advance(0);
  assertEquals(stopped, false);
  gate.resolve();
  await stopping;
  assertEquals(story.services, ["b"]);
});
