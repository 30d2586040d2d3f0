// The floor after an event: bookkeeping only. Twin of `floor/core/evolution.py`.

import { activePhase, overShareMs, settle, mapValues, PRIOR_KINDS, type ActivePhase, type Turn } from "./ledger";
import type { Account, FloorState, RoomEvent } from "./protocol";

type Of<Kind extends RoomEvent["kind"]> = Extract<RoomEvent, { kind: Kind }>;
export type FloorEvent = Of<
  | "hand.raised"
  | "hand.advanced"
  | "hand.lowered"
  | "floor.held"
  | "floor.offered"
  | "offer.accepted"
  | "offer.prolonged"
  | "offer.lapsed"
  | "turn.started"
  | "turn.limited"
  | "turn.extended"
  | "turn.wrapping"
  | "turn.ended"
  | "turn.suspended"
  | "turn.resumed"
  | "floor.opened"
  | "floor.closed"
  | "floor.paused"
  | "floor.resumed"
  | "floor.changed"
  | "round.started"
  | "round.ended"
  | "list.closed"
  | "list.opened"
  | "time.corrected"
  | "group.formed"
  | "group.compensated"
  | "pace.changed"
  | "lag.changed"
  | "invitations.stopped"
  | "invitations.allowed"
  | "member.muted"
  | "member.unmuted"
  | "member.arrived"
  | "member.left"
  | "speech.started"
  | "speech.stopped"
>;

/** The floor after `event`, which happened at `at`. */
export function evolveFloor(before: FloorState, event: FloorEvent, at: number): FloorState {
  const floor = settle(before, at);
  switch (event.kind) {
    case "hand.raised":
      return { ...floor, queue: [...floor.queue, { ...event.data, asked_at: at, ahead: 0 }] };
    case "hand.advanced": {
      const { member } = event.data;
      const ahead = 1 + Math.max(0, ...floor.queue.map((each) => each.ahead));
      const queue = floor.queue.map((each) => (each.member === member ? { ...each, ahead } : each));
      return { ...floor, queue };
    }
    case "hand.lowered":
      return { ...floor, queue: floor.queue.filter((request) => !isLowered(request, event.data)) };
    case "floor.held":
    case "floor.offered":
    case "offer.accepted":
    case "offer.prolonged":
    case "offer.lapsed":
      return afterOffer(floor, event, at);
    case "turn.started":
    case "turn.limited":
    case "turn.extended":
    case "turn.wrapping":
    case "turn.ended":
      return afterTurn(floor, event, at);
    case "turn.suspended":
      return suspend(floor, at);
    case "turn.resumed":
      return goOn(floor, at);
    case "floor.opened":
      return { ...floor, phase: { is: "open" } };
    case "floor.closed":
      return { ...floor, phase: { is: "closed" }, queue: [], mode: floor.round?.then ?? floor.mode, round: null };
    case "floor.paused":
      return floor.phase.is === "paused" ? floor : { ...floor, phase: { is: "paused", before: floor.phase, since: at } };
    case "floor.resumed":
      return resume(floor, at);
    case "floor.changed":
      return { ...floor, ...event.data, round: event.data.mode === "round" ? floor.round : null };
    case "round.started":
      return { ...floor, round: event.data };
    case "round.ended":
      return floor.round ? { ...floor, mode: floor.round.then, round: null } : floor;
    case "list.closed":
    case "list.opened":
      return { ...floor, is_list_closed: event.kind === "list.closed" };
    case "time.corrected":
    case "group.formed":
    case "group.compensated":
      return afterTime(floor, event);
    case "pace.changed":
    case "lag.changed":
      return { ...floor, ...event.data };
    case "invitations.stopped":
    case "invitations.allowed":
    case "member.muted":
    case "member.unmuted":
    case "member.arrived":
    case "member.left":
    case "speech.started":
    case "speech.stopped":
      return afterPerson(floor, event, at);
    default:
      return event satisfies never;
  }
}

function isLowered(request: FloorState["queue"][number], { member, kind }: Of<"hand.lowered">["data"]): boolean {
  return request.member === member && (kind === null || kind === request.kind);
}

/** The floor in a new phase; a pause goes on over it. */
function enter(floor: FloorState, phase: ActivePhase): FloorState {
  return { ...floor, phase: floor.phase.is === "paused" ? { ...floor.phase, before: phase } : phase };
}

function put(floor: FloorState, key: string, change: Partial<Account>): FloorState {
  const account = floor.people[key];
  return account ? { ...floor, people: { ...floor.people, [key]: { ...account, ...change } } } : floor;
}

type OfferEvent = Of<"floor.held" | "floor.offered" | "offer.accepted" | "offer.prolonged" | "offer.lapsed">;

function afterOffer(floor: FloorState, event: OfferEvent, at: number): FloorState {
  switch (event.kind) {
    case "floor.held":
      return enter(put(floor, event.data.member, { invited_at: at }), { is: "held", ...event.data, is_accepted: false });
    case "floor.offered":
      return enter(floor, { is: "offered", ...event.data, is_prolonged: false, is_accepted: false });
    case "offer.accepted": {
      const call = activePhase(floor);
      if ((call.is !== "offered" && call.is !== "held") || call.gap_until === null) return floor;
      return enter(floor, { ...call, until: call.gap_until, is_accepted: true });
    }
    case "offer.prolonged": {
      const offer = activePhase(floor);
      return offer.is === "offered" ? enter(floor, { ...offer, until: event.data.until, is_prolonged: true }) : floor;
    }
    case "offer.lapsed": {
      const { member, reason } = event.data;
      const account = floor.people[member];
      const then = between(floor, at);
      if (!account) return enter(floor, then);
      const phase = activePhase(floor);
      const letGo = reason === "declined" || reason === "timeout";
      if (phase.is === "offered" && phase.reason === "round") {
        return enter(letGo ? called(floor, member) : floor, then);
      }
      const isOrder = phase.is === "offered" && PRIOR_KINDS.includes(phase.kind);
      const change =
        phase.is === "held"
          ? { declined: account.declined || reason === "declined" }
          : { passed: account.passed || letGo, orders: account.orders + (isOrder && (letGo || reason === "left") ? 1 : 0) };
      return enter(put(floor, member, change), then);
    }
    default:
      return event satisfies never;
  }
}

/** What follows an offer that is over: the rest of the gap in which it was made. */
function between(floor: FloorState, at: number): ActivePhase {
  const call = activePhase(floor);
  const now = floor.phase.is === "paused" ? floor.phase.since : at;
  const until = call.is === "offered" || call.is === "held" ? call.gap_until : null;
  return until === null || until <= now ? { is: "open" } : { is: "handover", until };
}

/** The floor with this person's go in the round used, by speaking or by passing. */
function called(floor: FloorState, key: string): FloorState {
  if (!floor.round) return floor;
  const members = floor.round.members.filter((member) => member !== key);
  return { ...floor, round: { ...floor.round, members } };
}

type TurnEvent = Of<"turn.started" | "turn.limited" | "turn.extended" | "turn.wrapping" | "turn.ended">;

function afterTurn(floor: FloorState, event: TurnEvent, at: number): FloorState {
  if (event.kind === "turn.started") return beginTurn(floor, event.data, at);
  const halted = floor.suspended?.turn;
  if (event.kind === "turn.ended" && halted?.member === event.data.member) return over({ ...floor, suspended: null }, halted, at);
  const phase = activePhase(floor);
  if (phase.is !== "speaking" && phase.is !== "wrapping") return floor;
  if (event.kind === "turn.ended") {
    const { gap_until: until } = event.data;
    return enter(over(floor, phase, at), until === null ? { is: "open" } : { is: "handover", until });
  }
  if (event.kind === "turn.wrapping") return enter(floor, { ...phase, is: "wrapping", ends_at: event.data.ends_at });
  const turn = { ...phase, is: "speaking", ends_at: event.data.ends_at } as const;
  return enter(floor, event.kind === "turn.extended" ? extended(turn, event.data.seconds * 1000, at) : turn);
}

function extended(turn: Extract<ActivePhase, { is: "speaking" }>, added: number, at: number): ActivePhase {
  return { ...turn, extra_ms: turn.extra_ms + added, given_until: Math.max(at, turn.given_until ?? at) + added };
}

/** The floor when this turn is over. */
function over(floor: FloorState, turn: Halted, at: number): FloorState {
  return { ...put(floor, turn.member, { heard_at: at }), queue: joined(floor.queue, turn, at) };
}

type Suspended = NonNullable<FloorState["suspended"]>;
type Halted = { readonly member: string; readonly since: number };

/** The turn stands still while a question is put to its speaker. */
function suspend(floor: FloorState, at: number): FloorState {
  const turn = activePhase(floor);
  if (turn.is !== "speaking" && turn.is !== "wrapping") return floor;
  return enter({ ...floor, suspended: { turn, since: at } }, { is: "open" });
}

/** The turn goes on, everything of it later by the length of the question. */
function goOn(floor: FloorState, at: number): FloorState {
  const { suspended } = floor;
  if (!suspended) return floor;
  const { turn, since } = suspended;
  const queue = floor.queue.map((each) =>
    each.member === turn.member && each.asked_at >= turn.since
      ? { ...each, asked_at: each.asked_at + at - Math.max(each.asked_at, since) }
      : each,
  );
  return enter({ ...floor, suspended: null, queue }, later(turn, at - since));
}

/** The queue when a turn ends: who raised a hand while speaking begins to wait now, after everybody who waits. */
function joined(queue: FloorState["queue"], turn: { member: string; since: number }, at: number): FloorState["queue"] {
  const isRaised = ({ member, asked_at }: FloorState["queue"][number]) => member === turn.member && asked_at >= turn.since;
  return [...queue.filter((each) => !isRaised(each)), ...queue.filter(isRaised).map((each) => ({ ...each, asked_at: at }))];
}

function beginTurn(floor: FloorState, data: Of<"turn.started">["data"], at: number): FloorState {
  const { member, kind, ends_at } = data;
  const account = floor.people[member];
  if (!account) return floor;
  const number = floor.turn + 1;
  const counted = put(floor, member, countedTurn(account, number, PRIOR_KINDS.includes(kind)));
  const own = floor.queue.find((request) => request.member === member && request.kind === kind);
  const queue = floor.queue.filter((request) => request !== own);
  const over_ms = overShareMs(account);
  const spells = floor.spells.map((spell) => ({ ...spell, turn_us: 0 }));
  return enter(
    { ...(PRIOR_KINDS.includes(kind) ? counted : called(counted, member)), turn: number, queue, spells },
    { is: "speaking", member, kind, number, since: at, ends_at, extra_ms: 0, given_until: null, over_ms, tag: own?.tag ?? null },
  );
}

function countedTurn(account: Account, number: number, isOrder: boolean): Partial<Account> {
  return {
    turn: number,
    turns: account.turns + 1,
    total_turns: account.total_turns + 1,
    orders: account.orders + (isOrder ? 1 : 0),
  };
}

function afterTime(floor: FloorState, event: Of<"time.corrected" | "group.formed" | "group.compensated">): FloorState {
  switch (event.kind) {
    case "time.corrected": {
      const { member, ms } = event.data;
      const account = floor.people[member];
      if (!account) return floor;
      const groups = mapValues(floor.groups, (each) => ({ ...each, left_ms: each.left_ms - (each.members.includes(member) ? ms : 0) }));
      return put({ ...floor, groups }, member, { spoken_ms: account.spoken_ms + ms, total_ms: account.total_ms + ms });
    }
    case "group.formed":
      return { ...floor, groups: formed(floor, event.data) };
    case "group.compensated": {
      const { ms } = event.data;
      return { ...floor, groups: mapValues(floor.groups, (each) => ({ ...each, left_ms: each.left_ms + ms })) };
    }
    default:
      return event satisfies never;
  }
}

/** The groups with this one: nobody is in two. */
function formed(floor: FloorState, { group, members, budget_ms }: Of<"group.formed">["data"]): FloorState["groups"] {
  const { [group]: _, ...rest } = floor.groups;
  const others = mapValues(rest, (each) => ({ ...each, members: each.members.filter((key) => !members.includes(key)) }));
  return members.length ? { ...others, [group]: { members, left_ms: budget_ms } } : others;
}

function resume(floor: FloorState, at: number): FloorState {
  const { phase } = floor;
  if (phase.is !== "paused") return floor;
  const moved = (then: number) => then + at - Math.max(then, phase.since);
  return {
    ...floor,
    phase: later(phase.before, at - phase.since),
    suspended: floor.suspended && suspendedLater(floor.suspended, at - phase.since),
    queue: floor.queue.map((request) => ({ ...request, asked_at: moved(request.asked_at) })),
    people: mapValues(floor.people, (account) => waited(account, moved)),
    item_at: moved(floor.item_at),
  };
}

/** The account after a pause, which is no silence and no absence. */
function waited(account: Account, moved: (then: number) => number): Account {
  const later = (then: number | null) => (then === null ? null : moved(then));
  const { arrived_at, left_at, heard_at, invited_at } = account;
  return { ...account, arrived_at: later(arrived_at), left_at: later(left_at), heard_at: later(heard_at), invited_at: later(invited_at) };
}

/** The phase with its deadlines `by` milliseconds later. */
function later(phase: ActivePhase, by: number): ActivePhase {
  switch (phase.is) {
    case "held":
    case "offered":
      return { ...phase, until: phase.until + by, gap_until: plus(phase.gap_until, by) };
    case "handover":
      return { ...phase, until: phase.until + by };
    case "speaking":
    case "wrapping":
      return turnLater(phase, by);
    case "closed":
    case "open":
      return phase;
    default:
      return phase satisfies never;
  }
}

function turnLater(turn: Turn, by: number): Turn {
  const moved = { since: turn.since + by, given_until: plus(turn.given_until, by) };
  if (turn.is === "wrapping") return { ...turn, ...moved, ends_at: turn.ends_at + by };
  return { ...turn, ...moved, ends_at: plus(turn.ends_at, by) };
}

/** A turn that stands still, `by` milliseconds later. */
function suspendedLater({ turn, since }: Suspended, by: number): Suspended {
  return { turn: turnLater(turn, by), since: since + by };
}

function plus(moment: number | null, by: number): number | null {
  return moment === null ? null : moment + by;
}

/** Who arrives for the first time while a round goes on comes last in it. */
function joining(floor: FloorState, key: string): FloorState {
  return floor.round ? { ...floor, round: { ...floor.round, members: [...floor.round.members, key] } } : floor;
}

type PersonEvent = Of<
  "invitations.stopped" | "invitations.allowed" | "member.muted" | "member.unmuted" | "member.arrived" | "member.left" | "speech.started" | "speech.stopped"
>;

function afterPerson(floor: FloorState, event: PersonEvent, at: number): FloorState {
  const { member } = event.data;
  const account = floor.people[member];
  if (!account) return floor;
  switch (event.kind) {
    case "invitations.stopped":
    case "invitations.allowed":
      return put(floor, member, { uninvited: event.kind === "invitations.stopped" });
    case "member.muted":
      return put(floor, member, { muted: true });
    case "member.unmuted":
      return put(floor, member, { muted: false });
    case "member.arrived":
      return put(account.arrived_at === null ? joining(floor, member) : floor, member, { present: true, left_at: null, arrived_at: account.arrived_at ?? at });
    case "member.left":
      return put(floor, member, { present: false, left_at: at });
    case "speech.started": {
      const turn = floor.turn + 1;
      return put({ ...floor, turn }, member, { ...countedTurn(account, turn, false), speaking_since: at });
    }
    case "speech.stopped":
      return put(floor, member, { ...afterSpeech(floor, account, at), speaking_since: null, heard_at: at });
    default:
      return event satisfies never;
  }
}

/** What changes when speech in mode `free` stops: a backchannel was no turn. */
function afterSpeech(floor: FloorState, account: Account, at: number): Partial<Account> {
  const since = account.speaking_since;
  if (since === null || at - since >= floor.limits.backchannel_ms) return {};
  return { turns: Math.max(0, account.turns - 1), total_turns: account.total_turns - 1 };
}
