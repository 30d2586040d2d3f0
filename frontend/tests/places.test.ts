// The browser works out the same line, places, times and nudges as Python does.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { equality, type Equality } from "../src/core/figures";
import { fairShareMs, owedUs, settle } from "../src/core/ledger";
import { isNudgeDue, line, placeRange } from "../src/core/policy";
import type { FloorState } from "../src/core/protocol";

type By<Value> = Record<string, Value>;
type Recorded = { line: string[]; places: By<[number, number] | null>; owed_ms: By<number>; fair_share_ms: By<number>; equality: Equality | null; nudges: string[] };
type Case = Recorded & { floor: FloorState; at: number };

const file = join(import.meta.dirname, "../../tests/exchanges/places.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

/** Python divides exactly, the browser as well as it can. */
function rounded(found: Equality | null): Equality | null {
  return found && { ...found, gini: Number(found.gini.toFixed(9)), top: Number(found.top.toFixed(9)) };
}

function workedOut(floor: FloorState, at: number): Recorded {
  const settled = settle(floor, at);
  const keys = Object.keys(settled.people);
  const each = <Value>(of: (key: string) => Value) => Object.fromEntries(keys.map((key) => [key, of(key)]));
  const account = (key: string) => settled.people[key] as NonNullable<(typeof settled.people)[string]>;
  return {
    line: line(floor, at).map(({ member }) => member),
    places: each((key) => placeRange(floor, key, at) as [number, number] | null),
    owed_ms: each((key) => Math.floor(owedUs(account(key)) / 1000)),
    fair_share_ms: each((key) => fairShareMs(account(key))),
    equality: rounded(equality(floor, at)),
    nudges: keys.filter((key) => isNudgeDue(floor, key, at)),
  };
}

describe("a floor at a moment", () => {
  test.each(cases.map((each, index) => ({ index, ...each })))("$index", ({ index: _, floor, at, ...recorded }) => {
    expect(workedOut(floor, at)).toEqual({ ...recorded, equality: rounded(recorded.equality) });
  });
});
