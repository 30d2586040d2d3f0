// Civic time on this machine: the server's clock, carried on by the browser's monotonic one.

const UNKNOWN = 2000;

export class CivicClock {
  #now: () => number;
  #anchor: number;
  #civic: number;
  #rate = 1;
  #uncertainty = Infinity;

  /** `now` gives monotonic milliseconds; until the first `sync` the machine's own time stands in. */
  constructor(now: () => number = () => performance.now(), wall: number = Date.now()) {
    this.#now = now;
    this.#anchor = now();
    this.#civic = wall;
  }

  get rate(): number {
    return this.#rate;
  }

  /** Civic milliseconds since 1970, whole. */
  now(): number {
    return Math.floor(this.#civic + (this.#now() - this.#anchor) * this.#rate);
  }

  /**
   * The server said `civic` somewhere within the last `roundTrip` ms. A vaguer answer replaces a better one only
   * where both cannot be true: the device has slept and its own clock with it.
   */
  sync(civic: number, rate: number, roundTrip = UNKNOWN): void {
    const agrees = Math.abs(civic - this.now()) <= (roundTrip + this.#uncertainty) * rate;
    if (rate === this.#rate && roundTrip > this.#uncertainty && agrees) return;
    this.#uncertainty = roundTrip;
    this.#rate = rate;
    this.#anchor = this.#now();
    this.#civic = civic + (roundTrip < UNKNOWN ? (roundTrip / 2) * rate : 0);
  }
}

/** Whole seconds left, never below zero. */
export function seconds(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}
