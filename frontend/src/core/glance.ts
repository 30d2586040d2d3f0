// A room at a glance, for its facilitator: four figures and what needs a person.

import { activePhase, holderOf, speakersOf } from "./ledger";
import { countedAt, people, speakers, type Person } from "./people";
import type { RoomState } from "./protocol";
import type { Sight } from "./sight";

export type Glance = {
  readonly present: number;
  readonly silent: number;
  readonly waiting: number;
  readonly balance: "good" | "fair" | "poor" | "early";
  readonly alerts: readonly Alert[];
  readonly holder: string | null;
};
export type Alert =
  | { readonly is: "waits"; readonly member: string; readonly ms: number }
  | { readonly is: "silent"; readonly member: string; readonly ms: number }
  | { readonly is: "idle"; readonly ms: number }
  | { readonly is: "translation"; readonly count: number };

const WAITS_LONG = 180_000;
const MIN_SILENCE = 240_000;
const SILENCE_EACH = 120_000;
const IDLE_LONG = 60_000;
const EARLY = 600_000;

export function glance(sight: Sight, stream: string, room: RoomState, at: number): Glance {
  const all = speakers(people(sight, room, "", at));
  const present = all.filter((person) => person.isPresent);
  return {
    present: present.length,
    silent: present.filter((person) => person.time?.turns === 0).length,
    waiting: present.filter(({ hand, isSpeaking }) => hand && !isSpeaking).length,
    balance: balanceOf(present),
    alerts: room.phase === "open" ? alerts(sight, stream, room, present, at) : [],
    holder: holderOf(room.floor),
  };
}

/** How unequal the time is: the largest distance from the fair share, against the share itself. */
function balanceOf(present: readonly Person[]): Glance["balance"] {
  const times = present.flatMap(({ time }) => (time ? [time] : []));
  const total = times.reduce((sum, time) => sum + time.spokenMs, 0);
  if (total < EARLY) return "early";
  const worst = Math.max(...times.map((time) => time.spokenMs / Math.max(1, time.fairMs)));
  return worst <= 1.5 ? "good" : worst <= 2 ? "fair" : "poor";
}

function alerts(sight: Sight, stream: string, room: RoomState, present: readonly Person[], at: number): Alert[] {
  const now = countedAt(room.floor, at);
  const silence = Math.max(MIN_SILENCE, SILENCE_EACH * present.length);
  const speaking = new Set(present.filter(({ isSpeaking }) => isSpeaking).map(({ key }) => key));
  const waits = room.floor.queue.flatMap(({ member, asked_at }): Alert[] =>
    now - asked_at >= WAITS_LONG && !speaking.has(member) ? [{ is: "waits", member, ms: now - asked_at }] : [],
  );
  const silent = present.flatMap(({ key, quietMs, isSpeaking, hand }): Alert[] =>
    quietMs >= silence && !isSpeaking && !hand ? [{ is: "silent", member: key, ms: quietMs }] : [],
  );
  return [...waits, ...silent, ...idle(room, present, now), ...untranslated(sight, stream, room)];
}

function idle(room: RoomState, present: readonly Person[], at: number): Alert[] {
  const heard = present.map(({ key }) => room.floor.people[key]?.heard_at ?? 0);
  const since = Math.max(room.opened_at ?? at, room.floor.item_at, ...heard);
  const nobody = activePhase(room.floor).is === "open" && speakersOf(room.floor).length === 0;
  return nobody && room.floor.phase.is !== "paused" && at - since >= IDLE_LONG ? [{ is: "idle", ms: at - since }] : [];
}

/** Texts of late that somebody here cannot read, as far as this reader's own feed tells. */
function untranslated(sight: Sight, stream: string, room: RoomState): Alert[] {
  const feeds = Object.entries(sight.texts).filter(([name]) => name.startsWith(`${stream}.text.`));
  const late = room.said.slice(-20).map(({ words }) => words);
  const count = feeds.flatMap(([, { state }]) => late.filter((key) => state.rendered[key]?.status === "failed")).length;
  return count ? [{ is: "translation", count }] : [];
}
