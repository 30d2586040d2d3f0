// What was said and is said again: corrections, suggested translations, and how words read in other languages.

import { ask } from "./doors";
import type { Boot } from "./frames";
import { baseOf } from "./languages";
import type { RoomState, Said, Suggestion } from "./protocol";

/** Key of the words as they stand now. */
export function wordingOf({ words, corrections }: Said): string {
  return corrections.at(-1) ?? words;
}

/** Keys of what the author put so before, oldest first. */
export function formerOf({ words, corrections }: Said): readonly string[] {
  return [words, ...corrections].slice(0, -1);
}

/** Whether somebody who knows these languages may suggest a translation of what was said in `lang` for `reads`. */
export function speaksBoth(known: readonly string[], lang: string, reads: string): boolean {
  const bases = known.map(baseOf);
  return baseOf(lang) !== baseOf(reads) && bases.includes(baseOf(lang)) && bases.includes(baseOf(reads));
}

export type Waiting = Suggestion & { readonly key: string; readonly mayDecide: boolean };

/** Suggested translations that concern this member: of their own words, their own suggestions, or all for who leads. */
export function waitingFor(room: RoomState, member: string, leads: boolean): Waiting[] {
  return Object.entries(room.suggestions).flatMap(([key, each]) => {
    const author = room.said.find(({ words }) => words === each.words)?.member;
    const mayDecide = each.member !== member && (leads || author === member);
    return mayDecide || each.member === member ? [{ ...each, key, mayDecide }] : [];
  });
}

export type Read = { readonly lang: string; readonly status: string; readonly doubts: readonly string[]; readonly rough: boolean; readonly flags: number };
export type Brought = { readonly text: string; readonly back: string | null };

/** How my words stand in the languages they are read in; none where it could not be asked. */
export async function languagesOf(boot: Boot, room: number, words: string): Promise<readonly Read[]> {
  const reply = await ask(boot, `room/${room}/texts/${words}/`);
  return reply.is === "done" ? (reply.data["languages"] as readonly Read[]) : [];
}

/** My words in a language, and what that means back in mine. */
export async function broughtBack(boot: Boot, room: number, words: string, lang: string): Promise<Brought | null> {
  const reply = await ask(boot, `room/${room}/texts/${words}/${lang}/`);
  return reply.is === "done" ? (reply.data as Brought) : null;
}

/** What a suggested translation means in the language of the words it is of. */
export async function suggestionBack(boot: Boot, room: number, text: string): Promise<Brought | null> {
  const reply = await ask(boot, `room/${room}/suggestions/${text}/`);
  return reply.is === "done" ? (reply.data as Brought) : null;
}

export const flag = (boot: Boot, room: number, words: string, lang: string) => ask(boot, `room/${room}/texts/${words}/${lang}/flag/`, {});

const ENOUGH = 12;
const LOOKED_AT = 600;

/** The language a text is surely written in, if it is not `lang`; null where that is not sure. */
export async function otherLanguage(boot: Boot, text: string, lang: string, speaks: readonly string[]): Promise<string | null> {
  const last = text.slice(-LOOKED_AT);
  if ([...last].filter((each) => /\p{L}/u.test(each)).length < ENOUGH / 3) return null;
  const reply = await ask(boot, "guess/", { text: last, lang, speaks });
  return reply.is === "done" ? (reply.data["lang"] as string | null) : null;
}
