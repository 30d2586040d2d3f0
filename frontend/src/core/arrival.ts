// How long translations take at present: from the moment something was said to that at which its translation was told.

import { textFeed, type StreamFrame } from "./frames";
import { isForeign } from "./languages";
import type { TextState } from "./protocol";

/** What was seen since this language is read here; all in civic milliseconds. */
export type Arrivals = {
  /** Words said in other languages, whose translations have not come, and since when. */
  readonly awaited: Readonly<Record<string, number>>;
  readonly came: readonly { readonly at: number; readonly took: number }[];
};
export type Telling = { readonly is: "late" } | { readonly is: "about"; readonly seconds: number };
export const NOTHING_CAME: Arrivals = { awaited: {}, came: [] };

const LAST = 5;
const PRESENT_MS = 600_000;
const LATE_MS = 4_000;
const WHOLE_FROM_S = 10;

/** Only what is said while one reads along counts: how old a backlog is says nothing of the present. */
export function afterArrival(seen: Arrivals, frame: StreamFrame, stream: string, reads: string): Arrivals {
  if (frame.type === "snapshot" && frame.stream === textFeed(stream, reads)) {
    return Object.keys((frame.state as TextState).rendered).reduce(without, seen);
  }
  if (frame.type !== "event") return seen;
  switch (frame.kind) {
    case "contribution.made":
    case "note.made": {
      const { key, lang } = frame.data.words;
      if (frame.stream !== stream || !isForeign(lang, reads)) return seen;
      return { ...seen, awaited: { ...seen.awaited, [key]: frame.at } };
    }
    case "contribution.hidden":
    case "contribution.withdrawn":
      return without(seen, frame.data.words);
    case "text.rendered": {
      const { of, status } = frame.data;
      const since = seen.awaited[of];
      if (since === undefined || frame.stream !== textFeed(stream, reads)) return seen;
      const rest = without(seen, of);
      return status === "machine" ? { ...rest, came: [...rest.came, { at: frame.at, took: frame.at - since }].slice(-LAST) } : rest;
    }
    default:
      return seen;
  }
}

function without(seen: Arrivals, key: string): Arrivals {
  const { [key]: _, ...awaited } = seen.awaited;
  return { ...seen, awaited };
}

/** What a reader may be told now; null before anything was measured. `rate`: how much faster civic time runs. */
export function telling(seen: Arrivals, now: number, rate: number): Telling | null {
  if (Object.values(seen.awaited).some((since) => now - since > LATE_MS * rate)) return { is: "late" };
  const took = seen.came.filter(({ at }) => now - at <= PRESENT_MS * rate).map((each) => each.took);
  if (!took.length) return null;
  const middle = took.toSorted((one, other) => one - other)[Math.floor(took.length / 2)] ?? 0;
  return { is: "about", seconds: rounded(middle / rate / 1000) };
}

function rounded(seconds: number): number {
  return seconds < WHOLE_FROM_S ? Math.max(1, Math.round(seconds * 10)) / 10 : Math.round(seconds);
}
