// Polls of a room: which one is asked, and the door that takes an answer, which leaves no event.

import type { Boot } from "./frames";
import type { Refusal } from "./outbox";
import type { Poll, RoomState } from "./protocol";

/** Steps of a temperature check. */
export const SCALE = 5;

export type Answered = { readonly is: "done" } | ({ readonly is: "refused" } & Refusal);

/** Fewer answers are not told, and in a smaller room nobody asks. */
export const LEAST_ANSWERS = 5;

/** What this room was asked about this draft, the version that was asked about last at the end. */
export function temperaturesOf(room: RoomState, draft: string): Poll[] {
  return Object.values(room.polls).filter((poll) => poll.draft === draft);
}

/** Whether the room can be asked how warm it is towards this version now. */
export function mayAsk(room: RoomState, draft: string, version: number): boolean {
  const polls = Object.values(room.polls);
  const seats = Object.values(room.seats).filter(({ role, removed }) => role === "citizen" && !removed);
  return seats.length >= LEAST_ANSWERS && !polls.some((poll) => poll.is_open || (poll.draft === draft && poll.version === version));
}

/** The poll that is open, or else the last one. */
export function currentPoll(room: RoomState): Poll | null {
  const polls = Object.values(room.polls);
  return polls.find(({ is_open }) => is_open) ?? polls.at(-1) ?? null;
}

export async function answerPoll(boot: Boot, room: number, poll: string, choice: number): Promise<Answered> {
  try {
    const response = await fetch(`${boot.base}room/${room}/polls/${poll}/answer`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": boot.csrf },
      body: JSON.stringify({ choice }),
    });
    const data = (await response.json()) as Record<string, unknown>;
    if (data["done"] === true) return { is: "done" };
    return { is: "refused", code: String(data["refused"] ?? ""), params: (data["params"] ?? {}) as Refusal["params"] };
  } catch {
    return { is: "refused", code: "poll.offline", params: {} };
  }
}
