// The law held between Python and TypeScript: the earlier state plus the recorded events is the later state.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { evolveChairs } from "../src/core/chairs";
import { evolvePlenary } from "../src/core/plenary";
import { evolveRoom } from "../src/core/room";
import { evolveSitting } from "../src/core/sitting";
import { evolveText } from "../src/core/texts";

type Recorded = { seq: number; at: number; by: string | null; kind: string; data: unknown };
type Exchange = { kind: string; initial: unknown; events: Recorded[]; state: unknown };
type Fold = (state: never, event: never, at: number) => unknown;

const FOLDS: Record<string, Fold> = {
  room: evolveRoom,
  text: evolveText,
  plenary: evolvePlenary,
  sitting: evolveSitting,
  chairs: evolveChairs,
};
const folder = join(import.meta.dirname, "../../tests/exchanges");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

function exchangeOf(name: string): Partial<Exchange> {
  return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

describe("recorded exchanges fold to the recorded state", () => {
  const exchanges = files.map((name) => ({ name, ...exchangeOf(name) })).filter(({ events }) => events);
  test.each(exchanges)("$name", ({ kind, initial, events, state }) => {
    const fold = FOLDS[kind ?? ""];
    if (!fold || !events) throw new Error(`no fold for ${kind}`);
    const folded = events.reduce((before, event) => fold(before as never, event as never, event.at), initial);
    expect(folded).toEqual(state);
  });
});
