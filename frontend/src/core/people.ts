// Who is in the room and what the floor means for each of them. Derived from state, never kept.

import { fairShareMs, holderOf, owedUs, PRIOR_KINDS, settle, turnOf } from "./ledger";
import { nameOf } from "./passages";
import { isNudgeDue, line, placeRange } from "./policy";
import type { Account, DraftState, FloorState, Request, RoomState, Seat } from "./protocol";
import type { Sight } from "./sight";

export type Person = {
  readonly key: string;
  readonly name: string;
  readonly role: Seat["role"];
  /** The first of those this person speaks. */
  readonly lang: string;
  readonly speaks: readonly string[];
  readonly isMe: boolean;
  readonly isPresent: boolean;
  readonly isRemoved: boolean;
  readonly isMuted: boolean;
  readonly isSpeaking: boolean;
  readonly hand: Request["kind"] | null;
  /** Spoken and due in this item; null for those who take no turns. */
  readonly time: { readonly spokenMs: number; readonly fairMs: number; readonly owedMs: number; readonly turns: number } | null;
  readonly quietMs: number;
};

/** Everybody who sits here, in the order in which they were seated. */
export function people(sight: Sight, room: RoomState, me: string, at: number): Person[] {
  const floor = settle(room.floor, countedAt(room.floor, at));
  const holder = holderOf(floor);
  return Object.entries(room.seats).map(([key, seat]) => {
    const account = floor.people[key];
    return {
      key,
      name: nameOf(sight, key),
      role: seat.role,
      lang: seat.speaks[0] ?? seat.reads,
      speaks: seat.speaks.length ? seat.speaks : [seat.reads],
      isMe: key === me,
      isPresent: seat.present,
      isRemoved: seat.removed,
      isMuted: account?.muted ?? false,
      isSpeaking: key === holder || account?.speaking_since != null,
      hand: floor.queue.find((request) => request.member === key)?.kind ?? null,
      time: account ? timeOf(account) : null,
      quietMs: account ? at - Math.max(floor.item_at, account.arrived_at ?? at, account.heard_at ?? 0) : 0,
    };
  });
}

function timeOf(account: Account) {
  const owedMs = Math.trunc(owedUs(account) / 1000);
  return { spokenMs: account.spoken_ms, fairMs: fairShareMs(account), owedMs, turns: account.turns };
}

/** Those who take turns and have not been sent out. */
export function speakers(all: readonly Person[]): Person[] {
  return all.filter((person) => person.time !== null && !person.isRemoved);
}

/** While paused, time stands still. */
export function countedAt(floor: FloorState, at: number): number {
  return floor.phase.is === "paused" ? floor.phase.since : at;
}

/** As `LATE_MS` of the server. */
const LATE_MS = 60_000;

/** How long the unsent rest of this person's last turn may still be posted, in milliseconds. */
export function lateMs({ floor }: RoomState, key: string, at: number): number {
  const heardAt = floor.people[key]?.heard_at ?? null;
  return heardAt === null ? 0 : Math.max(0, heardAt + LATE_MS - countedAt(floor, at));
}

export type TurnTime = {
  readonly member: string;
  readonly elapsedMs: number;
  /** Null while nobody waits: go on. */
  readonly leftMs: number | null;
  readonly lengthMs: number | null;
  readonly isWrapping: boolean;
  readonly isPaused: boolean;
};

/** What the speaker is told in private: that the turn ends soon, as long before its end as the limits warn; that it is long. */
export function reminder(limits: FloorState["limits"], time: TurnTime): "ending" | "long" | null {
  if (time.leftMs !== null && time.leftMs <= limits.turn_ms - limits.soft_ms) return "ending";
  return time.elapsedMs >= limits.long_ms ? "long" : null;
}

export function turnTime(floor: FloorState, at: number): TurnTime | null {
  const turn = turnOf(floor);
  if (!turn) return null;
  const now = countedAt(floor, at);
  const bounded = turn.ends_at === null ? { leftMs: null, lengthMs: null } : bounds(turn.since, turn.ends_at, now);
  return {
    member: turn.member,
    elapsedMs: Math.max(0, now - turn.since),
    ...bounded,
    isWrapping: turn.is === "wrapping",
    isPaused: floor.phase.is === "paused",
  };
}

function bounds(since: number, endsAt: number, now: number) {
  return { leftMs: Math.max(0, endsAt - now), lengthMs: endsAt - since };
}

/** What the floor means for one person now. */
export type Situation =
  | { readonly is: "waiting" | "closed" | "removed" | "watching" | "muted" | "paused" | "free" | "listening" | "asked" }
  | { readonly is: "speaking"; readonly time: TurnTime }
  | { readonly is: "offered"; readonly until: number; readonly reason: "invitation" | "queue" | "call" | "round"; readonly isAccepted: boolean }
  | { readonly is: "queued"; readonly place: readonly [number, number] | null };

export function situation(room: RoomState, me: string, at: number): Situation {
  const seat = room.seats[me];
  if (seat?.removed) return { is: "removed" };
  if (room.phase !== "open") return { is: room.phase };
  const { floor } = room;
  const account = floor.people[me];
  if (!account) return { is: "watching" };
  const time = turnTime(floor, at);
  if (time?.member === me) return { is: "speaking", time };
  if (floor.suspended?.turn.member === me) return { is: "asked" };
  if (account.muted) return { is: "muted" };
  if (floor.phase.is === "paused") return { is: "paused" };
  if (floor.mode === "free") return { is: "free" };
  const { phase } = floor;
  if (phase.is === "held" && phase.member === me) return { is: "offered", until: phase.until, reason: "invitation", isAccepted: phase.is_accepted };
  if (phase.is === "offered" && phase.member === me) return { is: "offered", until: phase.until, reason: phase.reason, isAccepted: phase.is_accepted };
  if (floor.queue.some((request) => request.member === me)) return { is: "queued", place: placeRange(floor, me, at) };
  return { is: "listening" };
}

/** Whether I may write to everybody now. */
export function mayContribute(room: RoomState, me: string): boolean {
  const account = room.floor.people[me];
  if (room.phase !== "open" || !account || account.muted || room.floor.phase.is === "paused") return false;
  return room.floor.mode === "free" ? account.present : holderOf(room.floor) === me;
}

export type Waiting = Pick<Request, "member" | "kind" | "tag" | "ahead"> & { readonly place: readonly [number, number] | null };

/** Those who wait, in the order in which the policy would call them. */
export function queue(floor: FloorState, at: number): Waiting[] {
  const now = countedAt(floor, at);
  return line(floor, now).map((request) => ({ ...request, place: placeRange(floor, request.member, now) }));
}

/** Why the policy calls this person next, for the facilitator. */
export type Reason =
  | { readonly is: "prior" | "ahead" | "first" | "owed" | "aged" }
  | { readonly is: "over" }
  | { readonly is: "none" };

export function reasonFor(floor: FloorState, member: string, at: number): Reason {
  const settled = settle(floor, countedAt(floor, at));
  const account = settled.people[member];
  const request = settled.queue.find((each) => each.member === member);
  if (!account || !request) return { is: "none" };
  if (PRIOR_KINDS.includes(request.kind)) return { is: "prior" };
  if (request.ahead) return { is: "ahead" };
  if (account.turns === 0 && !account.passed) return { is: "first" };
  if (owedUs(account) >= 0) return { is: "owed" };
  return { is: request.asked_at + floor.limits.aging_ms <= at ? "aged" : "over" };
}

export function shouldNudge(room: RoomState, me: string, at: number): boolean {
  return room.phase === "open" && isNudgeDue(room.floor, me, at);
}

export function newest(draft: DraftState) {
  return draft.versions[draft.versions.length - 1];
}

/** Accepting needs more than half of those present. */
export function support(room: RoomState, draft: Pick<DraftState, "accepted">) {
  const present = Object.entries(room.floor.people).filter(([, account]) => account.present).map(([key]) => key);
  const accepted = present.filter((key) => draft.accepted.includes(key)).length;
  return { accepted, present: present.length, needed: Math.floor(present.length / 2) + 1 };
}
