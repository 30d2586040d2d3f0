// What is said, as one reader gets it: in the reading language where there is a translation, else in the original, saying so.

import { isForeign } from "./languages";
import { textFeed } from "./frames";
import { speakersOf, turnOf } from "./ledger";
import type { Credit, Label, Mark, RoomState, Said } from "./protocol";
import type { Sight, Typing } from "./sight";

/** Words as one reader gets them, and how they came to be in this language. */
export type Passage = {
  readonly key: string;
  readonly text: string;
  readonly lang: string;
  readonly state: "original" | "machine" | "human" | "signed" | "coming" | "missing" | "failed" | "erased";
  readonly original: { readonly text: string; readonly lang: string } | null;
  readonly label: Label | null;
  /** Whose translation it is, and who accepted it, where it is a person's. */
  readonly credit: Credit | null;
  /** What stood in its place before, oldest first. */
  readonly former: readonly string[];
};

export function passage(sight: Sight, stream: string, reads: string, key: string): Passage {
  const original = sight.words[key] ?? null;
  if (!original) return { key, text: "", lang: reads, state: "erased", original: null, label: null, credit: null, former: [] };
  const plain = { key, text: original.text, lang: original.lang, original: null, label: null, credit: null, former: [] };
  if (!isForeign(original.lang, reads)) return { ...plain, state: "original" };
  const shown = sight.texts[textFeed(stream, reads)]?.state.rendered[key];
  if (!shown) return { ...plain, state: "coming" };
  const translated = shown.key === null ? undefined : sight.words[shown.key];
  const { status, label, credit } = shown;
  if (status === "missing" || status === "failed" || !translated) return { ...plain, state: status === "failed" ? "failed" : "missing" };
  const former = shown.former.flatMap((each) => sight.words[each]?.text ?? []);
  return { key, text: translated.text, lang: reads, state: status, original, label, credit, former };
}

/** A translation runs as its language does, even if a name in other letters stands first; what somebody typed says it itself. */
export function direction({ state, lang }: Passage): "ltr" | "rtl" | "auto" {
  if (state !== "machine" && state !== "human" && state !== "signed") return "auto";
  return /^(ar|fa|he|ur)\b/.test(lang) ? "rtl" : "ltr";
}

export function nameOf(sight: Sight, member: string): string {
  return sight.words[member]?.text ?? sight.names[member] ?? "…";
}

export type Saying = { readonly member: string; readonly said: readonly Said[]; readonly typing: Typing | null };

/** What is being said at this moment: by the holder of the floor, or in mode `free` by all who speak. */
export function sayings(sight: Sight, stream: string, reads: string, room: RoomState): Saying[] {
  const turn = turnOf(room.floor);
  const members = turn ? [turn.member] : room.floor.mode === "free" ? speakersOf(room.floor) : [];
  return members.map((member) => {
    const number = turn?.number ?? room.floor.people[member]?.turn;
    const said = room.said.filter((each) => each.member === member && each.kind === "contribution" && each.turn === number && isShown(each));
    return { member, said, typing: typingOf(sight, stream, reads, member) };
  });
}

/** What somebody is typing as one reader gets it: translated as far as that is done, and never words that were taken back. */
function typingOf(sight: Sight, stream: string, reads: string, member: string): Typing | null {
  const original = sight.typing[stream]?.[member];
  if (!original || !isForeign(original.lang, reads)) return original ?? null;
  const translated = sight.typing[textFeed(stream, reads)]?.[member];
  return translated?.of && original.text.startsWith(translated.of) ? translated : original;
}

/** Neither hidden by the facilitator nor taken back. */
export function isShown({ hidden, withdrawn }: Said): boolean {
  return hidden === null && !withdrawn;
}

/** What became of words that were said, however long ago. */
export function markOf(room: RoomState, words: string): Mark {
  return room.said.find((each) => each.words === words) ?? room.marks[words] ?? { hidden: null, withdrawn: false };
}

/** What was said before, newest first. */
export function history(room: RoomState, now: readonly Saying[]): Said[] {
  const current = new Set(now.flatMap(({ said }) => said.map(({ words }) => words)));
  return room.said.filter(({ words }) => !current.has(words)).reverse();
}

/** How many others read me, and in how many languages. */
export function readership(room: RoomState, me: string): { readonly readers: number; readonly languages: number } {
  const others = Object.entries(room.seats).filter(([key, seat]) => key !== me && seat.present && !seat.removed);
  return { readers: others.length, languages: new Set(others.map(([, seat]) => seat.reads)).size };
}
