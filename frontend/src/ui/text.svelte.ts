// The interface's language, reactive: whatever uses `t` or `n` in a template follows a change of language.

import * as i18n from "../core/i18n";
import type { Catalogue, Parameters } from "../core/i18n";

let language = $state.raw("en");

/** Makes whoever calls it in a template follow a change of language. */
export function following<Arguments extends readonly unknown[], Result>(say: (...words: Arguments) => Result) {
  return (...words: Arguments): Result => {
    void language;
    return say(...words);
  };
}

export const t = following((message: string, values: Parameters = {}) => i18n.t(message, values));
export const n = following((one: string, many: string, count: number, values: Parameters = {}) =>
  i18n.n(one, many, count, values),
);
export const ballotLabels = following(i18n.ballotLabels);
export const languageName = following(i18n.languageName);
export const dayAndTime = following(i18n.dayAndTime);
export const timeOfDay = following(i18n.timeOfDay);
export const listed = following(i18n.listed);

/** `2:05`, time that has passed. */
export const passed = (ms: number): string => i18n.minutes(ms);

/** `2:05`, time that is left: 0:00 means over. */
export const left = (ms: number): string => i18n.minutes(ms, Math.ceil);

/** Show the interface in this language; without a catalogue it stays as it is. */
export async function speak(code: string, direction: "ltr" | "rtl", address: string | null): Promise<void> {
  const catalogue = code === "en" ? null : await load(address);
  if (catalogue === undefined) return;
  i18n.useCatalogue(catalogue, code, direction);
  document.documentElement.lang = code;
  document.documentElement.dir = direction;
  language = code;
}

async function load(address: string | null): Promise<Catalogue | undefined> {
  if (!address) return undefined;
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as Catalogue) : undefined;
  } catch {
    return undefined;
  }
}
