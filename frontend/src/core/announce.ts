// What a screen reader hears: one polite line a second, and an assertive one for the few things that cannot wait.

export type Spoken = { readonly polite: string; readonly assertive: string };
type Timer = (ms: number, act: () => void) => void;
const PACE = 1000;

export class Announcer {
  #show: (spoken: Spoken) => void;
  #after: Timer;
  #queue: string[] = [];
  #isBusy = false;
  #spoken: Spoken = { polite: "", assertive: "" };

  constructor(show: (spoken: Spoken) => void, after: Timer = (ms, act) => void setTimeout(act, ms)) {
    this.#show = show;
    this.#after = after;
  }

  /** Say this when there is room for it; the same sentence is not queued twice. */
  polite(text: string): void {
    if (this.#queue.includes(text)) return;
    this.#queue.push(text);
    if (!this.#isBusy) this.#next();
  }

  /** Say this now: you have the floor, voting is open, ten seconds left, you were disconnected. */
  assertive(text: string): void {
    this.#tell({ ...this.#spoken, assertive: fresh(text, this.#spoken.assertive) });
  }

  #next(): void {
    const text = this.#queue.shift();
    this.#isBusy = text !== undefined;
    if (text === undefined) return;
    this.#tell({ ...this.#spoken, polite: fresh(text, this.#spoken.polite) });
    this.#after(PACE, () => this.#next());
  }

  #tell(spoken: Spoken): void {
    this.#spoken = spoken;
    this.#show(spoken);
  }
}

/** A repeated sentence must change to be heard again. */
function fresh(text: string, before: string): string {
  return before === text ? `${text}\u00a0` : text;
}
