// Who else acts from this screen: the people for whom a scribe types, and others who share this device.

import { holderOf } from "./ledger";
import type { RoomState } from "./protocol";

/** What the floor asks of a person, as it is shown beside their name. */
export type Call = "speaking" | "called" | "waiting" | "none";

/** For whom this member types here. */
export function typedFor(room: RoomState, scribe: string): string[] {
  return Object.keys(room.seats).filter((key) => room.seats[key]?.scribe === scribe && !room.seats[key]?.removed);
}

/** Those of this device, other than the member of this page, who sit here. */
export function neighbours(room: RoomState, household: readonly string[], me: string): string[] {
  return household.filter((key) => key !== me && room.seats[key]?.removed === false);
}

export function callOf({ floor }: RoomState, key: string): Call {
  if (holderOf(floor) === key || floor.people[key]?.speaking_since != null) return "speaking";
  const { phase } = floor;
  if ((phase.is === "offered" || phase.is === "held") && phase.member === key) return "called";
  return floor.queue.some(({ member }) => member === key) ? "waiting" : "none";
}
