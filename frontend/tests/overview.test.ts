// @vitest-environment jsdom

// All rooms at once: what calls for somebody, whom it calls, and that rows never change places.

import { describe, expect, test } from "vitest";
import { evolveChairs } from "../src/core/chairs";
import { chairsOf, isForMe, roomLines } from "../src/core/overview";
import type { Call, ChairsState, RoomSummary } from "../src/core/protocol";
import { NOTHING, afterFrame, type Sight } from "../src/core/sight";
import { figures } from "../src/ui/overview.svelte";
import { aBoot } from "./ui/stage";

const NOW = 10_000_000;
const MINUTE = 60_000;
const BOOT = aBoot({
  chairs: "chairs.1",
  member: { key: "marta", name: "Marta", role: "facilitator", speaks: ["ca"], reads: "ca" },
  rooms: [1, 2].map((id) => ({ stream: `room.${id}`, id, number: id, title: "", url: "", leads: id === 1 })),
});

function aLine(changes: Partial<RoomSummary> = {}): RoomSummary {
  return {
    room: 1, phase: "open", item: 1, since: NOW - MINUTE, mode: "balanced", turn_ms: 90_000, paused_at: null, speaker: null,
    idle_at: null, hands: 0, waits: null, present: 5, seats: 6, silent: 0, quiet: [], away: [], away_count: 0, owed: null,
    over: null, gini: null, leads: [{ member: "marta", is_here: true }], step: null, failed: 0, doubtful: 0, ...changes,
  }; // prettier-ignore
}

const told = (...rooms: RoomSummary[]): Sight =>
  afterFrame(NOTHING, { type: "signal", stream: "chairs.1", by: null, name: "rooms", data: { rooms, names: {} } });
const alerts = (line: RoomSummary) => roomLines(told(line), BOOT, NOW).find(({ place }) => place.id === line.room)?.alerts ?? [];
const kinds = (line: RoomSummary) => alerts(line).map(({ is }) => is);
const since = (minutes: number) => ({ member: "iker", at: NOW - minutes * MINUTE });

describe("what calls for somebody", () => {
  test.each([
    ["a hand up for three minutes", { waits: since(3) }, ["waits"]],
    ["a hand up for less", { waits: since(2.9) }, []],
    ["somebody silent for ten minutes", { quiet: [since(10), since(9)] }, ["quiet"]],
    ["somebody who lost the connection", { away: [since(1)] }, ["away"]],
    ["somebody who has long gone", { away: [since(15)] }, []],
    ["a turn that is asked to finish", { speaker: { ...since(2), ends_at: NOW, is_wrapping: true } }, ["over"]],
    ["a long turn that only the chair can end", { mode: "chaired", speaker: { ...since(2), ends_at: null, is_wrapping: false } }, ["over"]],
    ["nobody for a minute", { idle_at: NOW - MINUTE }, ["idle"]],
    ["a doubtful translation", { doubtful: 1 }, ["translation"]],
    ["a facilitator who vanished", { leads: [{ member: "marta", is_here: false }] }, ["unled"]],
  ] as const)("%s", (_, changes, expected) => {
    expect(kinds(aLine(changes as Partial<RoomSummary>))).toEqual(expected);
  });

  test("a pause stops every clock, a closed room calls for nobody", () => {
    expect(kinds(aLine({ waits: since(20), paused_at: NOW - 18 * MINUTE }))).toEqual([]);
    expect(kinds(aLine({ phase: "closed", waits: since(20), doubtful: 3 }))).toEqual([]);
  });

  test("of other rooms only what their own facilitator cannot see to", () => {
    const gone = { room: 2, leads: [{ member: "fabio", is_here: false }], waits: since(20), quiet: [since(20)] };
    expect(kinds(aLine(gone))).toEqual(["unled"]);
  });

  test("rows keep the order of their numbers, whatever calls", () => {
    const sight = told(aLine({ room: 2, doubtful: 5 }), aLine());
    expect(roomLines(sight, BOOT, NOW).map(({ place }) => place.number)).toEqual([1, 2]);
  });
});

describe("calls for help", () => {
  const called = (state: ChairsState, call: string) =>
    evolveChairs(state, { kind: "help.called", data: { call, member: "iker", room: 1, words: null } }, NOW);
  const first = called(chairsOf(NOTHING, BOOT), "one");

  test("belong to who looks after them, while that person is here", () => {
    const answered = evolveChairs(first, { kind: "help.answered", data: { call: "one", member: "fabio" } }, NOW);
    const alert = { key: "help.one", room: 1, isMine: true, is: "help" as const, call: answered.calls[0] as Call };
    expect(isForMe(alert, "marta", { ...answered, present: ["fabio"] })).toBe(false);
    expect(isForMe(alert, "fabio", { ...answered, present: ["fabio"] })).toBe(true);
    expect(isForMe(alert, "marta", { ...answered, present: [] })).toBe(true);
  });

  test("are over when they are closed", () => {
    const closed = evolveChairs(first, { kind: "help.closed", data: { call: "one", member: "fabio" } }, NOW);
    const known = (state: ChairsState): Sight => ({ ...told(aLine()), chairs: { "chairs.1": { state, seq: 1, at: NOW } } });
    expect(roomLines(known(first), BOOT, NOW)[0]?.alerts.map(({ is }) => is)).toEqual(["help"]);
    expect(roomLines(known(closed), BOOT, NOW)[0]?.alerts).toEqual([]);
  });
});

describe("a line in words", () => {
  const words = (changes: Partial<RoomSummary>) => figures(aLine(changes), NOW, (key) => key);
  const step = { kind: "discussion", ends_at: NOW + 90_000, ready: 0, is_done: false } as const;

  test("begins with the step and the time it has", () => {
    expect(words({ step })[0]).toBe("Discussion 1:30");
    expect(words({ step: { ...step, ends_at: NOW } })[0]).toBe("Discussion Time is up");
    expect(words({})[0]).toBe("5 of 6 here");
  });

  test("says how many want to move on, and when the room is ready", () => {
    expect(words({ step: { ...step, ready: 2 } })[1]).toBe("2 people want to move on.");
    expect(words({ step: { ...step, ready: 2, is_done: true } })[0]).toContain("ready to move on");
  });
});
