// The paragraphs of a text that people of several languages write: the twin of `recommendations.core.texts`.

/** A stretch of text that was typed in one language. */
export type Run = { readonly text: string; readonly lang: string };
/** One line that is not blank, from `start` to `end` of its field; its language is that of most of its letters. */
export type Paragraph = { readonly text: string; readonly lang: string; readonly start: number; readonly end: number };

export function paragraphs(runs: readonly Run[]): Paragraph[] {
  const found: Paragraph[] = [];
  let line: Run[] = [];
  let start = 0;
  const end = () => {
    const whole = line.map(({ text }) => text).join("");
    if (whole.trim()) found.push({ text: whole.trim(), lang: mostLetters(line), start, end: start + whole.length });
    start += whole.length + 1;
    line = [];
  };
  for (const { text, lang } of runs) {
    text.split("\n").forEach((part, index) => {
      if (index) end();
      line.push({ text: part, lang });
    });
  }
  end();
  return found;
}

function mostLetters(line: readonly Run[]): string {
  const letters = new Map<string, number>();
  for (const { text, lang } of line) letters.set(lang, (letters.get(lang) ?? 0) + [...text.trim()].length);
  return [...letters].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/** A change of a text as a list of what is kept, put in and taken out, as Yjs tells it. */
export type Delta = readonly { readonly retain?: number | undefined; readonly insert?: unknown; readonly delete?: number | undefined }[];

/** Where a place in a text is after a change; what is put in exactly there comes behind it. */
export function moved(place: number, delta: Delta): number {
  let at = 0;
  for (const step of delta) {
    if (at > place) break;
    if (step.retain !== undefined) at += step.retain;
    else if (step.delete !== undefined) place -= Math.min(step.delete, Math.max(0, place - at));
    else if (typeof step.insert === "string") {
      if (at < place) place += step.insert.length;
      at += step.insert.length;
    }
  }
  return place;
}

/** The one replacement that makes `after` of `before`, told by the caret behind it; never through a surrogate pair. */
export function replacement(before: string, after: string, caret: number): { readonly start: number; readonly gone: number; readonly come: string } {
  const behind = after.length - caret;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) && tail < behind && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  let start = 0;
  while (start < Math.min(before.length, after.length) - tail && before[start] === after[start]) start += 1;
  while (tail < Math.min(before.length, after.length) - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (isHigh(before[start - 1]) && start > 0) start -= 1;
  if (isLow(before[before.length - tail]) && tail > 0) tail -= 1;
  return { start, gone: before.length - tail - start, come: after.slice(start, after.length - tail) };
}

function isHigh(unit: string | undefined): boolean {
  return unit !== undefined && unit >= "\ud800" && unit <= "\udbff";
}

function isLow(unit: string | undefined): boolean {
  return unit !== undefined && unit >= "\udc00" && unit <= "\udfff";
}
