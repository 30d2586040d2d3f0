// How far this browser has read each stream: which frame comes next, which is a repetition, where one is missing.

import type { EventFrame, Snapshot } from "./frames";

export class Reading {
  #seqs = new Map<string, number | null>();
  #healing = new Set<string>();
  #unconfirmed = new Set<string>();

  streams(): string[] {
    return [...this.#seqs.keys()];
  }

  /** The last number of a stream; null before the first snapshot. */
  since(stream: string): number | null {
    return this.#seqs.get(stream) ?? null;
  }

  begin(stream: string, since: number | null): void {
    this.#seqs.set(stream, since);
    this.#healing.delete(stream);
  }

  end(stream: string): void {
    this.#seqs.delete(stream);
    this.#healing.delete(stream);
    this.#unconfirmed.delete(stream);
  }

  /** A new line: whatever was being healed is asked for afresh. */
  renew(): void {
    this.#healing.clear();
    this.#unconfirmed.clear();
  }

  /** `take` the frame, `skip` it, or ask again for what is missing (`gap`, said once per gap). */
  judge(frame: EventFrame | Snapshot): "take" | "skip" | "gap" {
    const last = this.#seqs.get(frame.stream);
    if (last === undefined) return "skip";
    if (frame.type === "event" && (last === null || frame.seq <= last)) return "skip";
    if (frame.type === "event" && last !== null && frame.seq > last + 1) return this.#gap(frame.stream);
    this.#seqs.set(frame.stream, frame.seq);
    this.#healing.delete(frame.stream);
    this.#unconfirmed.add(frame.stream);
    return "take";
  }

  #gap(stream: string): "skip" | "gap" {
    if (this.#healing.has(stream)) return "skip";
    this.#healing.add(stream);
    return "gap";
  }

  /** Numbers to acknowledge since the last call. */
  confirm(): Record<string, number> {
    const seqs: Record<string, number> = {};
    for (const stream of this.#unconfirmed) {
      const seq = this.#seqs.get(stream);
      if (seq != null) seqs[stream] = seq;
    }
    this.#unconfirmed.clear();
    return seqs;
  }
}
