// A small room and plenary for tests, with a fixed cast.

import type { EventFrame, Snapshot } from "../src/core/frames";
import { addPerson } from "../src/core/ledger";
import type { FloorState, Limits, RoomState, Seat } from "../src/core/protocol";
import { evolveRoom } from "../src/core/room";
import { afterFrame, folding, NOTHING, type Sight } from "../src/core/sight";

folding({ room: evolveRoom });

export const LIMITS: Limits = {
  turn_ms: 90_000,
  min_turn_ms: 30_000,
  spread_ms: 240_000,
  brief_ms: 30_000,
  wrap_ms: 10_000,
  gap_ms: 3000,
  max_gap_ms: 10_000,
  hold_ms: 4000,
  offer_ms: 8000,
  prolong_ms: 12_000,
  aging_ms: 180_000,
  over_ms: 30_000,
  keep_ms: 60_000,
  soft_ms: 75_000,
  silence_ms: 180_000,
  long_ms: 120_000,
  carry_percent: 0,
  backchannel_ms: 1000,
  orders: 2,
  planned_ms: 1_800_000,
  cap_percent: 150,
};

const EMPTY_FLOOR: FloorState = {
  mode: "balanced",
  limits: LIMITS,
  phase: { is: "open" },
  people: {},
  queue: [],
  groups: {},
  paces: {},
  lag_ms: 0,
  is_list_closed: false,
  round: null,
  suspended: null,
  turn: 0,
  item_at: 0,
  settled_at: 0,
  idle_ms: 0,
  gap_ms: 0,
  held_ms: 0,
  paused_ms: 0,
  fair_rest_us: 0,
  spells: [],
};

function seat(lang: string, role: Seat["role"] = "citizen"): Seat {
  return { role, speaks: [lang], reads: lang, present: true, removed: false, rule: null, scribe: null };
}

export const STREAM = "room.1";

/** Aïcha (fr), Begoña (es), Núria (ca) are here; Iker (es) is away; Marta facilitates. */
export function aRoom(): RoomState {
  const seats = { aicha: seat("fr"), begona: seat("es"), nuria: seat("ca"), iker: seat("es"), marta: seat("ca", "facilitator") };
  const floor = ["aicha", "begona", "nuria", "iker"].reduce((before, key) => addPerson(before, key), EMPTY_FLOOR);
  const people = Object.fromEntries(
    Object.entries(floor.people).map(([key, account]) => [key, { ...account, present: key !== "iker", arrived_at: 0 }]),
  );
  return {
    phase: "open",
    suggestions: {},
    inside: null,
    polls: {},
    exclusion_rule: null,
    exclusion: null,
    proposed: [],
    opened_at: 0,
    final_at: null,
    item: 1,
    item_title: null,
    item_motion: null,
    agenda: [],
    seats: { ...seats, iker: { ...seats.iker, present: false } },
    floor: { ...floor, people },
    said: [],
    marks: {},
    drafts: {}, findings: {},
    step: null,
    step_seq: 0,
  };
}

const NAMES = { aicha: "Aïcha", begona: "Begoña", nuria: "Núria", iker: "Iker", marta: "Marta" };

export function aSnapshot(state: RoomState = aRoom(), seq = 10): Snapshot {
  const words = Object.fromEntries(Object.entries(NAMES).map(([key, text]) => [key, { text, lang: "en" }]));
  return { type: "snapshot", stream: STREAM, seq, at: 0, state, words };
}

export function aSight(state: RoomState = aRoom()): Sight {
  return afterFrame(NOTHING, aSnapshot(state));
}

export function anEvent(seq: number, at: number, kind: string, data: object, words: object = {}): EventFrame {
  return { type: "event", stream: STREAM, seq, at, by: null, kind, data, words } as unknown as EventFrame;
}

export function after(sight: Sight, ...events: readonly EventFrame[]): Sight {
  return events.reduce(afterFrame, sight);
}

export function roomOf(sight: Sight): RoomState {
  const known = sight.rooms[STREAM];
  if (!known) throw new Error("no room");
  return known.state;
}
