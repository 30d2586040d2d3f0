// Signals of what is being typed: finished sentences only, not more often than every 0.3 s, and only while allowed.

export const PACE = 300;

// A mark ends a sentence when a blank follows: until then "3." may become 3.5, and the words are still the writer's own.
const FINISHED = /^[\s\S]*(?:[.!?…؟۔।॥]["'”’»)\]]*(?=\s)|[。！？｡]["'”’」』）]*|\n)/u;

/** The finished sentences at the beginning of a text that is still being written. */
export function finished(text: string): string {
  return text.match(FINISHED)?.[0].trimEnd() ?? "";
}

type Timer = (ms: number, act: () => void) => void;

/** Sends what changed, at most once per `PACE`; the last state always goes out. */
export class TypingSignal {
  #send: (text: string) => void;
  #after: Timer;
  #sent = "";
  #wanted = "";
  #isWaiting = false;

  constructor(send: (text: string) => void, after: Timer = (ms, act) => void setTimeout(act, ms)) {
    this.#send = send;
    this.#after = after;
  }

  write(text: string): void {
    this.#wanted = finished(text);
    if (!this.#isWaiting) this.#flush();
  }

  #flush(): void {
    this.#isWaiting = false;
    if (this.#wanted === this.#sent) return;
    this.#sent = this.#wanted;
    this.#send(this.#sent);
    this.#isWaiting = true;
    this.#after(PACE, () => this.#flush());
  }
}
