// A ballot on its way, whatever its level: handed in at once, or sealed and handed in later by this device.

import { castBallot, type Cast } from "../core/ballots";
import { setting } from "../core/keep";
import type { Refusal } from "../core/outbox";
import type { Electorate, MotionState } from "../core/protocol";
import type * as sealing from "../core/sealed";
import type { Secret } from "../core/sealed";
import { voice } from "./announcer.svelte";
import type { Live } from "./live.svelte";
import { t } from "./text.svelte";

const AGAIN_MS = 5000;

/** What this device keeps of a sealed ballot, until the vote is over. */
type Kept = { readonly secret: Secret; readonly choice: string | null; readonly dueAt: number; readonly castAt: number | null };
type Sealing = typeof sealing;
export type Casting = ReturnType<typeof casting>;

/** One ballot of the member whose page this is. `isSealed` is settled when it is made: without WebCrypto none can be. */
export function casting(live: Live, motion: () => MotionState, electorate: Electorate) {
  const name = motion().motion;
  const isSealed = electorate.level === "sealed" && isSecureContext;
  const place = `voted:${name}:${electorate.name}`;
  const at = `sealed:${name}:${electorate.name}`;
  const me = live.me;
  const where = (): sealing.Place => ({ boot: live.boot, motion: motion(), electorate: electorate.name });
  const load = (): Promise<Sealing> => import("../core/sealed");

  let kept = $state.raw<Kept | null>(isSealed ? read() : null);
  let cast = $state.raw<Cast | null>(null);
  let refused = $state.raw<Refusal | null>(null);
  let isBusy = $state(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function read(): Kept | null {
    return JSON.parse(setting.read(me, at) ?? "null") as Kept | null;
  }

  function keep(next: Kept): void {
    kept = next;
    setting.write(me, at, JSON.stringify(next));
  }

  function confirmed(done: Cast & { is: "cast" }): void {
    cast = done;
    setting.write(me, place, String(done.at));
    voice.polite(t("Your vote is in."));
  }

  async function openly(choice: string): Promise<void> {
    const done = await castBallot(live.boot, name, electorate.name, choice);
    if (done.is === "cast") confirmed(done);
    else refused = done;
  }

  /** Take the permit if there is none here, and leave the ballot to go in when its moment comes. */
  async function sealed(choice: string): Promise<void> {
    const { begin, permit, departure } = await load();
    const begun = kept ?? { secret: await begin(where()), choice: null, dueAt: 0, castAt: null };
    keep(begun); // before anything is asked for: an answer that is lost can be asked for again
    const permitted = begun.secret.signature ? ({ is: "done", data: begun.secret } as const) : await permit(where(), begun.secret);
    if (permitted.is === "refused") return void fail(permitted);
    keep({ ...begun, secret: permitted.data, choice, dueAt: departure(live.now, motion().closes_at), castAt: null });
    wait();
  }

  function fail(refusal: Refusal): void {
    refused = refusal;
    if (refusal.code === "ballot.permit_taken" || refusal.code === "ballot.already_cast") forget();
  }

  /** The permit is not this device's: what was begun here is of no use. */
  function forget(): void {
    kept = null;
    setting.write(me, at, "null");
  }

  function wait(): void {
    clearTimeout(timer);
    if (kept?.choice && kept.castAt === null && kept.secret.signature) timer = setTimeout(() => void handIn(), Math.max(0, (kept.dueAt - live.now) / live.rate));
  }

  async function handIn(): Promise<void> {
    if (!kept?.choice) return;
    const leaving = kept;
    const done = await (await load()).cast(where(), leaving.secret, kept.choice);
    if (kept !== leaving) return; // the choice was changed meanwhile: that one goes in
    if (done.is === "cast") {
      keep({ ...leaving, choice: null, castAt: done.at }); // what was chosen is on this device no longer
      return confirmed(done);
    }
    refused = done;
    if (done.code === "offline" || done.code === "") timer = setTimeout(() => void handIn(), AGAIN_MS);
  }

  /** Go on with a permit that another device of this voter took. */
  async function recall(code: string): Promise<void> {
    isBusy = true;
    refused = null;
    const found = await (await load()).recall(where(), code);
    isBusy = false;
    if (found.is === "refused") refused = found;
    else if (found.data) keep({ secret: found.data, choice: null, dueAt: 0, castAt: null });
    else refused = { code: "ballot.bad_code", params: {} };
  }

  $effect(() => {
    wait();
    return () => clearTimeout(timer);
  });

  return {
    isSealed,
    /** Whether it cannot be changed once it is in. */
    isFinal: electorate.level !== "public" && !isSealed,
    /** What it keeps secret: the level at which this device can vote. */
    get level(): Electorate["level"] {
      return electorate.level === "sealed" && !isSealed ? "assisted" : electorate.level;
    },
    get isBusy() {
      return isBusy;
    },
    get refused() {
      return refused;
    },
    /** When it was confirmed, or null. */
    get votedAt(): number | null {
      if (isSealed) return kept?.castAt ?? null;
      return cast?.is === "cast" ? cast.at : Number(setting.read(me, place) ?? 0) || null;
    },
    /** Whether there is anything to say of it: refused, on its way, in, or a permit that this device holds. */
    get isNews(): boolean {
      return refused !== null || kept !== null || this.votedAt !== null;
    },
    /** A sealed ballot that is made, but not yet in. */
    get isWaiting(): boolean {
      return kept?.choice != null && kept.castAt === null;
    },
    get tracker(): string | null {
      return cast?.is === "cast" ? cast.tracker : null;
    },
    /** With it another device can go on; null while there is no permit. */
    get code(): string | null {
      return kept?.secret.signature ? kept.secret.code : null;
    },
    /** Whether the permit lies on another device. */
    get isElsewhere(): boolean {
      return refused?.code === "ballot.permit_taken" || refused?.code === "ballot.bad_code";
    },
    recall,
    async send(choice: string): Promise<void> {
      if (isBusy) return;
      [isBusy, refused] = [true, null];
      try {
        await (isSealed ? sealed(choice) : openly(choice));
      } finally {
        isBusy = false;
      }
    },
  };
}
