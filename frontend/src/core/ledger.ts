// Time at the floor, exact to the millisecond: twin of `floor/core/ledger.py`, with the same whole-number divisions.

import type { Account, FloorState, Request } from "./protocol";

export type Phase = FloorState["phase"];
export type ActivePhase = Exclude<Phase, { is: "paused" }>;
export type Turn = Extract<Phase, { is: "speaking" | "wrapping" }>;

/** Classes that go before the two lists, first class first. */
export const PRIOR_KINDS: readonly Request["kind"][] = ["interposed", "intervention", "order"];

export const NOBODY: Account = {
  lang: "",
  spoken_ms: 0,
  total_ms: 0,
  fair_us: 0,
  carried_us: 0,
  turns: 0,
  total_turns: 0,
  turn: 0,
  orders: 0,
  present: false,
  muted: false,
  speaking_since: null,
  arrived_at: null,
  left_at: null,
  heard_at: null,
  invited_at: null,
  uninvited: false,
  declined: false,
  passed: false,
};

/** What goes on, or what will go on when the pause ends. */
export function activePhase(floor: FloorState): ActivePhase {
  return floor.phase.is === "paused" ? floor.phase.before : floor.phase;
}

export function turnOf(floor: FloorState): Turn | null {
  const phase = activePhase(floor);
  return phase.is === "speaking" || phase.is === "wrapping" ? phase : null;
}

/** Who has the floor, also while it is paused. */
export function holderOf(floor: FloorState): string | null {
  return turnOf(floor)?.member ?? null;
}

/** Who has the floor, and whose turn stands still meanwhile. */
export function holdersOf(floor: FloorState): ReadonlySet<string> {
  return new Set([holderOf(floor), floor.suspended?.turn.member].filter((key) => key != null));
}

/** The floor with all time up to `at` booked. */
export function settle(floor: FloorState, at: number): FloorState {
  const elapsed = at - floor.settled_at;
  if (elapsed <= 0) return floor;
  const settled = { ...floor, settled_at: at };
  switch (floor.phase.is) {
    case "closed":
      return settled;
    case "paused":
      return { ...settled, paused_ms: floor.paused_ms + elapsed };
    case "held":
    case "offered": {
      const { gap_until } = floor.phase;
      const held = gap_until === null ? elapsed : Math.max(0, Math.min(elapsed, at - gap_until));
      return { ...settled, held_ms: floor.held_ms + held, gap_ms: floor.gap_ms + elapsed - held };
    }
    case "handover":
      return { ...settled, gap_ms: floor.gap_ms + elapsed };
    case "speaking":
    case "wrapping":
      return book(settled, [floor.phase.member], elapsed);
    case "open": {
      const speakers = speakersOf(floor);
      return speakers.length ? book(settled, speakers, elapsed) : { ...settled, idle_ms: floor.idle_ms + elapsed };
    }
    default:
      return floor.phase satisfies never;
  }
}

/** Those who speak now in mode `free`. */
export function speakersOf(floor: FloorState): string[] {
  return Object.keys(floor.people).filter((key) => floor.people[key]?.speaking_since != null);
}

function book(floor: FloorState, speakers: readonly string[], elapsed: number): FloorState {
  const present = Object.values(floor.people).filter((account) => account.present).length;
  const shared = speakers.length * elapsed * 1000 + floor.fair_rest_us;
  const divisor = Math.max(1, present);
  const earned = Math.floor(shared / divisor);
  const people = mapValues(floor.people, (account, key) =>
    earn(account, account.present ? earned : 0, speakers.includes(key) ? elapsed : 0),
  );
  const groups = mapValues(floor.groups, (group) => {
    const spoken = elapsed * speakers.filter((key) => group.members.includes(key)).length;
    return { ...group, left_ms: group.left_ms - spoken };
  });
  const spells = withSpeech(floor, speakers.length * elapsed * 1000);
  return { ...floor, people, groups, fair_rest_us: shared - earned * divisor, spells };
}

/** Speech is kept by who was present; the server reckons with it what nobody reads. */
function withSpeech({ people, spells }: FloorState, us: number): FloorState["spells"] {
  const members = Object.keys(people).filter((key) => people[key]?.present).sort();
  const isThis = (spell: { members: readonly string[] }) => spell.members.join() === members.join();
  if (!spells.some(isThis)) return [...spells, { members, us, turn_us: us }];
  return spells.map((spell) => (isThis(spell) ? { members, us: spell.us + us, turn_us: spell.turn_us + us } : spell));
}

function earn(account: Account, earned: number, spoken: number): Account {
  if (!earned && !spoken) return account;
  return {
    ...account,
    fair_us: account.fair_us + earned,
    spoken_ms: account.spoken_ms + spoken,
    total_ms: account.total_ms + spoken,
  };
}

/** Microseconds this person is owed; below zero for those over their share. */
export function owedUs(account: Account): number {
  return account.fair_us + account.carried_us - account.spoken_ms * 1000;
}

export function overShareMs(account: Account): number {
  return Math.floor(-owedUs(account) / 1000);
}

export function fairShareMs(account: Account): number {
  return Math.floor(account.fair_us / 1000);
}

/** The ledger of a new agenda item: only what is carried over is owed, totals stay, a turn that goes on counts. */
export function beginItem(floor: FloorState, at: number): FloorState {
  const settled = settle(floor, at);
  const holders = holdersOf(settled);
  const people = mapValues(settled.people, (account, key) => renewed(account, floor.limits.carry_percent, holders.has(key)));
  const spells = settled.spells
    .map(({ members, us }) => ({ members, us: Math.floor((us * floor.limits.carry_percent) / 100), turn_us: 0 }))
    .filter(({ us }) => us > 0);
  return { ...settled, people, item_at: at, fair_rest_us: 0, is_list_closed: false, spells };
}

function renewed(account: Account, carryPercent: number, speaks: boolean): Account {
  const turns = speaks || account.speaking_since !== null ? 1 : 0;
  return {
    ...account,
    spoken_ms: 0,
    fair_us: 0,
    carried_us: carryPercent ? Math.floor((owedUs(account) * carryPercent) / 100) : 0,
    turns,
    orders: 0,
    invited_at: null,
    declined: false,
    passed: false,
  };
}

export function addPerson(floor: FloorState, key: string, lang = ""): FloorState {
  return { ...floor, people: { ...floor.people, [key]: { ...(floor.people[key] ?? NOBODY), lang } } };
}

export function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A, key: string) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
