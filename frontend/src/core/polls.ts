// Polls of a room: which one is asked, and the door that takes an answer, which leaves no event.

import type { Boot } from "./frames";
import type { Refusal } from "./outbox";
import type { Poll, RoomState } from "./protocol";

/** Steps of a temperature check. */
export const SCALE = 5;

export type Answered = { readonly is: "done" } | ({ readonly is: "refused" } & Refusal);

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
