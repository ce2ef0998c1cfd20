/**
 * A service that pushes as fast as it gets answers, and notes what was acknowledged. When nobody answers it
 * waits a moment and goes on with the next sample, as real ones do.
 *
 * @module
 */

/** A sample that was sent. */
export interface SentSample {
  readonly at: number;
  readonly cpu: number;
  /** Whether its sender was told that it is kept. */
  acknowledged: boolean;
}

/** How many samples in a row are bad, and then good. */
const PHASE = 100;

/** Pushes until it is stopped. */
export class PushClient {
  /** Everything that was sent, oldest first. */
  readonly sent: SentSample[] = [];
  readonly #service: string;
  readonly #url: string;
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;
  #isEnding = false;

  readonly #pauseMs: number;

  /** Begins at once; it pauses after each answer, or not. */
  constructor(service: string, origin: string, pauseMs = 0) {
    this.#service = service;
    this.#pauseMs = pauseMs;
    this.#url = `${origin}/api/samples`;
    this.#loop = this.#run();
  }

  /** Sends good samples only, until some of them are acknowledged; then it ends. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#loop;
  }

  /** Ends wherever it is. */
  async abort(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    let good = 0;
    while (!this.#stop.signal.aborted && good < 10) {
      // Instants must be unique, and true.
      if (Date.now() <= (this.sent.at(-1)?.at ?? 0)) await pause(1);
      const isBad = !this.#isEnding && Math.floor(this.sent.length / PHASE) % 2 === 0;
      const sample: SentSample = { at: this.#nextAt(), cpu: isBad ? 99 : 20, acknowledged: false };
      this.sent.push(sample);
      sample.acknowledged = await this.#push(sample);
      if (this.#isEnding && sample.acknowledged) good++;
      if (!sample.acknowledged) await pause(20);
      if (this.#pauseMs > 0) await pause(this.#pauseMs);
    }
  }

  /** Instants are unique, so that each sample can be found again. */
  #nextAt(): number {
    return Math.max(Date.now(), (this.sent.at(-1)?.at ?? 0) + 1);
  }

  async #push({ at, cpu }: SentSample): Promise<boolean> {
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ service: this.#service, at, metrics: { cpu } }),
        signal: this.#stop.signal,
      });
      await response.body?.cancel();
      return response.status === 202;
    } catch {
      // Nobody answers: the server is dead, or died before it could.
      return false;
    }
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
