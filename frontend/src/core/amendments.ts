// Amendments as a screen needs them: the paragraphs they refer to, and which of them exclude each other.

import { isForeign } from "./languages";
import { passage } from "./passages";
import { samePlace } from "./plenary";
import type { Amendment, MotionState } from "./protocol";
import type { Sight } from "./sight";

/** A paragraph as it was put on the agenda. */
export type Paragraph = { readonly number: number; readonly text: string; readonly lang: string };

export function paragraphsOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

/** The paragraphs that amendments refer to, in the reader's language where its translation has the same ones. */
export function numbered(sight: Sight, stream: string, reads: string, motion: MotionState): Paragraph[] {
  const key = motion.former[0] ?? motion.recommendation;
  const { text, lang } = passage(sight, stream, reads, key);
  const original = sight.words[key];
  const read = paragraphsOf(text).map((text, index) => ({ number: index + 1, text, lang }));
  const written = paragraphsOf(original?.text ?? "").map((text, index) => ({ number: index + 1, text, lang: original?.lang ?? lang }));
  return read.length === written.length ? read : written;
}

/** Places of the amendments of which at most one can be adopted beside this one, from 1. */
export function rivalsOf(motion: MotionState, amendment: Amendment): number[] {
  return motion.amendments.flatMap((each, index) => {
    const stands = each.fate !== "withdrawn" && each.fate !== "unsupported";
    return each !== amendment && stands && samePlace(each, amendment) ? [index + 1] : [];
  });
}

/** Whether amendments can still be offered and supported. */
export function canAmend(motion: MotionState): boolean {
  return motion.phase === "draft" && motion.rule.amendments !== null && !motion.is_arranged;
}

/** Whether a text in this language is put into that of the motion before it is voted on. */
export function isTranslated(motion: MotionState, lang: string): boolean {
  return isForeign(lang, motion.lang);
}
