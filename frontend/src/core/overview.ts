// All rooms for those who look after many: what each line says, and what calls for somebody.

import type { Boot, BootRoom } from "./frames";
import type { Call, ChairsState, RoomSummary } from "./protocol";
import type { Sight } from "./sight";

/** A room of the assembly; `line` is missing until its figures have come. */
export type RoomLine = {
  readonly place: BootRoom;
  readonly line: RoomSummary | undefined;
  /** I may read it and lead it. */
  readonly isMine: boolean;
  readonly isLed: boolean;
  /** Somebody took it over; their key. */
  readonly takenBy: string | null;
  readonly alerts: readonly RoomAlert[];
};

export type RoomAlert = { readonly key: string; readonly room: number | null; readonly isMine: boolean } & (
  | { readonly is: "help"; readonly call: Call }
  | { readonly is: "unled" }
  | { readonly is: "waits" | "quiet" | "over" | "away"; readonly member: string; readonly at: number }
  | { readonly is: "idle"; readonly at: number }
  | { readonly is: "translation"; readonly count: number }
);

const WAITS_LONG = 180_000;
const QUIET_LONG = 600_000;
const IDLE_LONG = 60_000;
const AWAY_LONG = 900_000;
const EMPTY: ChairsState = { present: [], calls: [], memos: [], taken: [] };

export function chairsOf(sight: Sight, boot: Boot): ChairsState {
  return (boot.chairs ? sight.chairs[boot.chairs]?.state : undefined) ?? EMPTY;
}

/** Every room in the order of its number, which never changes under the finger. */
export function roomLines(sight: Sight, boot: Boot, now: number): RoomLine[] {
  const chairs = chairsOf(sight, boot);
  return boot.rooms.map((place) => {
    const line = sight.overview[place.id];
    const me = boot.member.key;
    const isMine = boot.member.role === "organiser" || (line ? line.leads.some(({ member }) => member === me) : !!place.leads);
    const isLed = !line || line.leads.some(({ member, is_here }) => is_here || chairs.present.includes(member));
    const takenBy = chairs.taken.find(({ room }) => room === place.id)?.member ?? null;
    const alerts = [...callsFrom(chairs, place.id, isMine), ...(line ? alertsOf(line, isMine, isLed, now) : [])];
    return { place, line, isMine, isLed, takenBy, alerts };
  });
}

/** Calls that wait or are being looked after; `room` null: from the lobby. */
export function callsFrom(chairs: ChairsState, room: number | null, isMine = true): RoomAlert[] {
  const open = chairs.calls.filter((call) => call.room === room && call.closed_at === null);
  return open.map((call) => ({ key: `help.${call.call}`, room, isMine, is: "help", call }));
}

function alertsOf(line: RoomSummary, isMine: boolean, isLed: boolean, now: number): RoomAlert[] {
  if (line.phase !== "open") return [];
  const at = line.paused_at ?? now;
  const about = { room: line.room, isMine };
  const unled: RoomAlert[] = !isLed && line.leads.length ? [{ ...about, key: `unled.${line.room}`, is: "unled" }] : [];
  return isMine ? [...unled, ...ofPeople(line, at), ...ofRoom(line, at)] : unled;
}

function ofPeople(line: RoomSummary, at: number): RoomAlert[] {
  const { room, waits, quiet, speaker, away } = line;
  const found: RoomAlert[] = [];
  const add = (is: "waits" | "quiet" | "over" | "away", member: string, since: number) =>
    found.push({ key: `${is}.${room}.${member}`, room, isMine: true, is, member, at: since });
  if (speaker && isOver(line, at)) add("over", speaker.member, speaker.at);
  if (waits && at - waits.at >= WAITS_LONG) add("waits", waits.member, waits.at);
  for (const each of quiet) if (at - each.at >= QUIET_LONG) add("quiet", each.member, each.at);
  for (const each of away) if (at - each.at < AWAY_LONG) add("away", each.member, each.at);
  return found;
}

/** Past the limit: the machine has asked to finish, or nobody but the chair can end the turn. */
function isOver({ speaker, mode, turn_ms }: RoomSummary, at: number): boolean {
  return !!speaker && (speaker.is_wrapping || (mode === "chaired" && at - speaker.at > turn_ms));
}

function ofRoom({ room, idle_at, paused_at, failed, doubtful }: RoomSummary, at: number): RoomAlert[] {
  const about = { room, isMine: true };
  const idle: RoomAlert[] =
    idle_at !== null && paused_at === null && at - idle_at >= IDLE_LONG ? [{ ...about, key: `idle.${room}`, is: "idle", at: idle_at }] : [];
  const count = failed + doubtful;
  return count ? [...idle, { ...about, key: `translation.${room}`, is: "translation", count }] : idle;
}

/** Whether it calls for me: an answered call belongs to who answered it, while that person is here. */
export function isForMe(alert: RoomAlert, me: string, chairs: ChairsState): boolean {
  if (alert.is !== "help") return true;
  const { answered_by } = alert.call;
  return answered_by === null || answered_by === me || !chairs.present.includes(answered_by);
}
