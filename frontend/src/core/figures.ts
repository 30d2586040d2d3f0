// How equally the talk of a sitting is shared, for whoever leads it: twin of `floor/core/figures.py`.

import { settle } from "./ledger";
import type { FloorState } from "./protocol";

const LEAST_TALK_MS = 600_000;

/** `gini` is 0 where all have spoken alike, `top` the part of whoever spoke longest. */
export type Equality = { readonly gini: number; readonly top: number; readonly silent: readonly string[] };

/** How equally everybody here has spoken up to `at`; null before ten minutes of talk. */
export function equality(floor: FloorState, at: number): Equality | null {
  const people = heard(floor, at);
  const spoken = people.map(([, each]) => each.total_ms).toSorted((a, b) => a - b);
  const talk = spoken.reduce((sum, ms) => sum + ms, 0);
  if (talk < LEAST_TALK_MS) return null;
  const weighted = spoken.reduce((sum, ms, index) => sum + (index + 1) * ms, 0);
  return {
    gini: (2 * weighted) / (spoken.length * talk) - (spoken.length + 1) / spoken.length,
    top: Math.max(...spoken) / talk,
    silent: people.filter(([, each]) => !each.total_ms).map(([key]) => key),
  };
}

/** Everybody who is here or has spoken. */
function heard(floor: FloorState, at: number) {
  return Object.entries(settle(floor, at).people).filter(([, each]) => each.present || each.total_ms);
}
