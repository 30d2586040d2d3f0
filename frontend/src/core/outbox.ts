// Commands that wait for their answer. One that is not answered is sent again with the same ref, which changes nothing.

import type { Commands } from "./protocol";

export type CommandName = keyof Commands;
export type Refusal = { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
export type Answer = { readonly is: "done"; readonly seq: number | null } | ({ readonly is: "refused" } & Refusal);
type Waiting = { readonly text: string; readonly sentAt: number; readonly settle: (answer: Answer) => void };

export class Outbox {
  #prefix: string;
  #count = 0;
  #waiting = new Map<string, Waiting>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The frame to send and the promise of its answer. */
  post<Name extends CommandName>(stream: string, type: Name, fields: Commands[Name], now: number) {
    const ref = `${this.#prefix}-${(this.#count += 1)}`;
    const text = JSON.stringify({ type, stream, ref, ...fields });
    const answer = new Promise<Answer>((settle) => this.#waiting.set(ref, { text, sentAt: now, settle }));
    return { text, answer };
  }

  settle(ref: string, answer: Answer): void {
    this.#waiting.get(ref)?.settle(answer);
    this.#waiting.delete(ref);
  }

  /** Frames without an answer, in the order they were posted. */
  unanswered(): string[] {
    return [...this.#waiting.values()].map(({ text }) => text);
  }

  /** When the oldest unanswered command was posted. */
  oldest(): number | null {
    const [first] = this.#waiting.values();
    return first?.sentAt ?? null;
  }
}
