// How equally the talk of a sitting is shared, for whoever leads it: twin of `floor/core/figures.py`.

import { settle } from "./ledger";
import type { FloorState } from "./protocol";

const LEAST_TALK_MS = 600_000;
/** Of fewer people together nothing is said. */
const LEAST_PEOPLE = 5;

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

/** A group's part of the people and of the talk. */
export type GroupShare = { readonly people: number; readonly talk: number };

/**
 * Parts of the groups that are large enough to be told; none before ten minutes of talk. If those left out were too
 * few together, the smallest group that could be told is left out as well.
 */
export function byGroup(floor: FloorState, at: number, groupOf: (key: string) => string): Record<string, GroupShare> {
  const people = heard(floor, at);
  const talk = people.reduce((sum, [, each]) => sum + each.total_ms, 0);
  if (talk < LEAST_TALK_MS) return {};
  const groups = new Map<string, number[]>();
  for (const [key, { total_ms }] of people) groups.set(groupOf(key), [...(groups.get(groupOf(key)) ?? []), total_ms]);
  const ordered = [...groups].toSorted(([a, some], [b, others]) => some.length - others.length || (a < b ? -1 : 1));
  let hidden = 0;
  while (ordered[0] && (ordered[0][1].length < LEAST_PEOPLE || (hidden > 0 && hidden < LEAST_PEOPLE))) {
    hidden += ordered.shift()?.[1].length ?? 0;
  }
  const share = (spoken: readonly number[]): GroupShare => ({
    people: spoken.length / people.length,
    talk: spoken.reduce((sum, ms) => sum + ms, 0) / talk,
  });
  return Object.fromEntries(ordered.map(([name, spoken]) => [name, share(spoken)]));
}

/** Everybody who is here or has spoken. */
function heard(floor: FloorState, at: number) {
  return Object.entries(settle(floor, at).people).filter(([, each]) => each.present || each.total_ms);
}
