import { describe, expect, test } from "vitest";
import { glance } from "../src/core/glance";
import { mayContribute, people, queue, reasonFor, situation, support, turnTime } from "../src/core/people";
import type { RoomState } from "../src/core/protocol";
import type { Sight } from "../src/core/sight";
import { after, aSight, anEvent, aRoom, roomOf, STREAM } from "./fixtures";

const started = (member: string, at: number, endsAt: number | null = null, seq = 11) =>
  anEvent(seq, at, "turn.started", { member, ends_at: endsAt, kind: "normal", departs: false });
const ended = (member: string, at: number, seq: number) =>
  anEvent(seq, at, "turn.ended", { member, reason: "yielded", gap_until: null });
const raised = (member: string, at: number, seq: number) => anEvent(seq, at, "hand.raised", { member, kind: "normal" });

function at(sight: Sight, member: string, moment: number) {
  return situation(roomOf(sight), member, moment);
}

describe("what the floor means for me", () => {
  test("nothing yet: I listen", () => {
    expect(at(aSight(), "nuria", 0)).toEqual({ is: "listening" });
  });

  test("I have it, with the time left", () => {
    const sight = after(aSight(), started("nuria", 1000, 91_000));
    expect(at(sight, "nuria", 31_000)).toMatchObject({ is: "speaking", time: { leftMs: 60_000, lengthMs: 90_000 } });
    expect(mayContribute(roomOf(sight), "nuria")).toBe(true);
    expect(mayContribute(roomOf(sight), "aicha")).toBe(false);
  });

  test("it is offered to me", () => {
    const offer = { member: "nuria", until: 9000, reason: "queue", kind: "normal", departs: false, gap_until: null };
    expect(at(after(aSight(), anEvent(11, 1000, "floor.offered", offer)), "nuria", 2000)).toEqual({
      is: "offered",
      until: 9000,
      reason: "queue",
      isAccepted: false,
    });
  });

  test("I have taken it in the gap, and speak when the gap ends", () => {
    const offer = { member: "nuria", until: 11_000, reason: "queue", kind: "normal", departs: false, gap_until: 3000 };
    const sight = after(aSight(), anEvent(11, 0, "floor.offered", offer), anEvent(12, 1000, "offer.accepted", { member: "nuria" }));
    expect(at(sight, "nuria", 2000)).toEqual({ is: "offered", until: 3000, reason: "queue", isAccepted: true });
  });

  test("I wait, and my place is a range while somebody owed time may still come in", () => {
    const sight = after(aSight(), started("nuria", 0), ended("nuria", 60_000, 12), raised("nuria", 61_000, 13));
    expect(at(sight, "nuria", 400_000)).toEqual({ is: "queued", place: [1, 3] });
  });

  test("a paused room stands still", () => {
    const sight = after(aSight(), started("aicha", 0, 90_000), anEvent(12, 30_000, "floor.paused", {}));
    expect(turnTime(roomOf(sight).floor, 80_000)).toMatchObject({ leftMs: 60_000, elapsedMs: 30_000, isPaused: true });
    expect(at(sight, "nuria", 80_000)).toEqual({ is: "paused" });
  });

  test("the facilitator watches, and somebody sent out is told", () => {
    expect(at(aSight(), "marta", 0)).toEqual({ is: "watching" });
    const sight = after(aSight(), anEvent(11, 0, "member.removed", { member: "nuria" }));
    expect(at(sight, "nuria", 0)).toEqual({ is: "removed" });
  });
});

describe("time per person", () => {
  test("is counted while somebody speaks, up to this moment", () => {
    const sight = after(aSight(), started("aicha", 0));
    const times = Object.fromEntries(people(sight, roomOf(sight), "nuria", 30_000).map(({ key, time }) => [key, time]));
    expect(times["aicha"]).toMatchObject({ spokenMs: 30_000, fairMs: 10_000, owedMs: -20_000 });
    expect(times["nuria"]).toMatchObject({ spokenMs: 0, fairMs: 10_000, owedMs: 10_000 });
    expect(times["iker"]).toMatchObject({ fairMs: 0 });
    expect(times["marta"]).toBeNull();
  });
});

describe("the queue", () => {
  test("puts those who are owed time first, and says why", () => {
    const sight = after(aSight(), started("aicha", 0), ended("aicha", 60_000, 12), raised("aicha", 61_000, 13), raised("nuria", 62_000, 14));
    const { floor } = roomOf(sight);
    expect(queue(floor, 63_000).map(({ member }) => member)).toEqual(["nuria", "aicha"]);
    expect(reasonFor(floor, "nuria", 63_000)).toEqual({ is: "first" });
    expect(reasonFor(floor, "aicha", 63_000)).toEqual({ is: "over" });
    expect(reasonFor(floor, "aicha", 300_000)).toEqual({ is: "aged" });
  });
});

describe("a room at a glance", () => {
  test("counts who is here, silent and waiting", () => {
    const sight = after(aSight(), started("aicha", 0), raised("nuria", 1000, 12));
    expect(glance(sight, STREAM, roomOf(sight), 2000)).toMatchObject({
      present: 3,
      silent: 2,
      waiting: 1,
      balance: "early",
      holder: "aicha",
      alerts: [],
    });
  });

  test("alerts after three minutes with the hand up, and after a minute in which nobody speaks", () => {
    const sight = after(aSight(), raised("nuria", 1000, 11));
    expect(glance(sight, STREAM, roomOf(sight), 190_000).alerts).toEqual([
      { is: "waits", member: "nuria", ms: 189_000 },
      { is: "idle", ms: 190_000 },
    ]);
  });

  test("who speaks does not wait, even with the hand up for another turn", () => {
    const sight = after(aSight(), started("aicha", 0), raised("aicha", 1000, 12));
    expect(glance(sight, STREAM, roomOf(sight), 190_000)).toMatchObject({ waiting: 0, alerts: [] });
  });
});

test("a draft needs more than half of those present", () => {
  const draft = { key: "d", version: 1, versions: [], accepted: ["nuria", "iker"], submitted: false, dissents: {} };
  const room: RoomState = { ...aRoom(), drafts: { d: draft } };
  expect(support(room, draft)).toEqual({ accepted: 1, present: 3, needed: 2 });
});
