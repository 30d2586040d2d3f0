// Called while the phone is in a pocket: a tone of our own and a shake, each only for those who asked for it.

export type World = {
  readonly makeContext: () => AudioContext;
  readonly vibrate: (pattern: number[]) => void;
};

export const canVibrate = (): boolean => typeof navigator !== "undefined" && "vibrate" in navigator;

export const browserWorld: World = {
  makeContext: () => new AudioContext(),
  vibrate: (pattern) => void (canVibrate() && navigator.vibrate(pattern)),
};

/** Two notes, the second higher: frequency in hertz, beginning in seconds. */
const NOTES = [[660, 0], [880, 0.18]] as const;
const NOTE_S = 0.16;
const LOUDNESS = 0.25;
const SHAKES_MS = [200, 100, 200];

/** Browsers let a page sound only after its reader has touched it: `unlock` is called from such a touch. */
export class Summons {
  #world: World;
  #context: AudioContext | null = null;

  constructor(world: World = browserWorld) {
    this.#world = world;
  }

  unlock(): void {
    this.#context ??= this.#world.makeContext();
    if (this.#context.state === "suspended") void this.#context.resume();
  }

  sound(): void {
    const context = this.#context;
    if (!context) return;
    for (const [frequency, begins] of NOTES) {
      const at = context.currentTime + begins;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(LOUDNESS, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + NOTE_S);
    }
  }

  shake(): void {
    this.#world.vibrate(SHAKES_MS);
  }
}
