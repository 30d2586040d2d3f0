// The people of a room as the drawing shows them, and the sentence that says the same.

import { countedAt, speakers, turnTime, type Person } from "../core/people";
import { placeRange } from "../core/policy";
import type { RoomState } from "../core/protocol";
import { listed, n, t } from "./text.svelte";

export type Seated = {
  readonly key: string;
  readonly name: string;
  readonly lang: string;
  readonly isMe: boolean;
  readonly isSpeaking: boolean;
  readonly isAway: boolean;
  /** Shown on the raised hand: a dot, a place or a range. */
  readonly hand: string;
  /** Part of the turn that is left. */
  readonly left: number;
  /** Part of the fair share that is used; null hides the ring. */
  readonly share: number | null;
};
export type Drawing = { readonly seats: readonly Seated[]; readonly label: string };

/** What a citizen sees: everybody's hand, only one's own place, nobody's share. */
export function drawn(everybody: readonly Person[], room: RoomState, at: number): Drawing {
  const seated = speakers(everybody);
  const range = placeRange(room.floor, seated.find(({ isMe }) => isMe)?.key ?? "", countedAt(room.floor, at));
  const mine = range === null ? "•" : range[0] === range[1] ? `${range[0]}` : `${range[0]}–${range[1]}`;
  return drawing(seated, room, at, { hand: (person) => (person.isMe ? mine : "•"), showsShare: false });
}

/** What a facilitator sees: the order in which the policy would call, and everybody's share. */
export function overseen(everybody: readonly Person[], room: RoomState, at: number, order: readonly string[]): Drawing {
  const place = ({ key }: Person) => (order.includes(key) ? `${order.indexOf(key) + 1}` : "•");
  return drawing(speakers(everybody), room, at, { hand: place, showsShare: true });
}

type Looks = { readonly hand: (person: Person) => string; readonly showsShare: boolean };

function drawing(seated: readonly Person[], room: RoomState, at: number, looks: Looks): Drawing {
  const time = turnTime(room.floor, at);
  const left = time?.leftMs != null && time.lengthMs ? time.leftMs / time.lengthMs : 1;
  const seats = seated.map((person) => ({
    key: person.key,
    name: person.isMe ? t("You") : person.name,
    lang: person.lang,
    isMe: person.isMe,
    isSpeaking: person.isSpeaking,
    isAway: !person.isPresent,
    hand: person.hand && !person.isSpeaking ? looks.hand(person) : "",
    left,
    share: looks.showsShare ? shareOf(person) : null,
  }));
  return { seats, label: sentence(seats) };
}

function shareOf({ time }: Person): number {
  return time && time.fairMs > 0 ? time.spokenMs / time.fairMs : 0;
}

function sentence(seats: readonly Seated[]): string {
  const names = (which: (seat: Seated) => boolean) => seats.filter(which).map(({ name }) => name);
  const speaking = names(({ isSpeaking }) => isSpeaking);
  const hands = names(({ hand }) => hand !== "");
  const away = names(({ isAway }) => isAway);
  return [
    n("{count} person in the room.", "{count} people in the room.", seats.length),
    speaking.length ? t("Speaking: {names}.", { names: listed(speaking) }) : t("Nobody is speaking now."),
    hands.length ? t("Hands up: {names}.", { names: listed(hands) }) : "",
    away.length ? t("Away: {names}.", { names: listed(away) }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}
