import { describe, expect, test } from "vitest";
import type { EventFrame, StreamEvent } from "../src/core/frames";
import { noticeOf, type Rules } from "../src/ui/notices.svelte";
import { LIMITS } from "./fixtures";

const name = (key: string) => key.toUpperCase();
const frame = (event: unknown) => ({ type: "event", stream: "room.1", seq: 1, at: 1, by: "fatou", ...(event as StreamEvent) }) as EventFrame;
const rules = (change: Partial<Rules> = {}): Rules => ({ mode: "open", limits: LIMITS, ...change });
const changed = (change: Partial<Rules>) => noticeOf(frame({ kind: "floor.changed", data: rules(change) }), name, rules());

/** Each act of the chair, and a word that the sentence about it holds. */
const TOLD: [string, object, string][] = [
  ["floor.offered", { member: "ana", departs: true }, "ANA"],
  ["turn.started", { member: "ana", departs: true }, "out of the usual order"],
  ["offer.lapsed", { member: "ana", reason: "skipped" }, "passed over ANA"],
  ["hand.lowered", { member: "ana", reason: "skipped" }, "passed over ANA"],
  ["hand.advanced", { member: "ana" }, "first"],
  ["turn.extended", { member: "ana", seconds: 30 }, "30 seconds"],
  ["turn.ended", { member: "ana", reason: "chair" }, "ended the turn of ANA"],
  ["turn.suspended", { member: "ana" }, "question to ANA"],
  ["floor.paused", {}, "paused"],
  ["floor.resumed", {}, "goes on"],
  ["round.started", { members: [] }, "round begins"],
  ["list.closed", {}, "closed the list"],
  ["list.opened", {}, "opened the list"],
  ["time.corrected", { member: "ana", ms: -5000, reason: "machine" }, "5 s less for ANA"],
  ["group.formed", { group: "youth", members: ["ana"] }, "youth"],
  ["pace.changed", {}, "by language"],
  ["member.muted", { member: "ana" }, "silenced ANA"],
  ["member.unmuted", { member: "ana" }, "ANA may speak again"],
  ["member.removed", { member: "ana", rule: null }, "sent ANA out"],
  ["member.readmitted", { member: "ana" }, "ANA may come in"],
  ["room.locked", {}, "locked"],
  ["room.unlocked", {}, "unlocked"],
  ["contribution.hidden", { reason: "insult" }, "insults"],
  ["contribution.restored", {}, "again"],
  ["poll.opened", { draft: null }, "asks the room"],
  ["step.extended", { seconds: 60 }, "more time"],
  ["step.done", { reason: "chair" }, "facilitator says"],
  ["exclusion.allowed", {}, "the others may"],
  ["exclusion.forbidden", {}, "only the facilitator"],
];

describe("what the facilitator does is told to everybody", () => {
  test.each(TOLD)("%s", (kind, data, word) => {
    expect(noticeOf(frame({ kind, data }), name)).toContain(word);
  });

  test.each([
    ["floor.offered", { member: "ana", departs: false }],
    ["turn.started", { member: "ana", departs: false }],
    ["offer.lapsed", { member: "ana", reason: "timeout" }],
    ["hand.lowered", { member: "ana", reason: "lowered" }],
    ["turn.ended", { member: "ana", reason: "yielded" }],
    ["member.removed", { member: "ana", rule: {} }],
    ["hand.raised", { member: "ana" }],
  ])("%s by the rule or by themselves is not", (kind, data) => {
    expect(noticeOf(frame({ kind, data }), name)).toBeNull();
  });
});

describe("how turns are taken", () => {
  test("is told by its mode alone where only that is new", () => {
    expect(changed({ mode: "strict" })).toBe("The facilitator changed how people take turns: strict.");
  });

  test("is told by the length of a turn where only that is new", () => {
    expect(changed({ limits: { ...LIMITS, turn_ms: 60_000 } })).toBe("The facilitator set the length of a turn to 1:00.");
  });

  test("is told by every part that is new", () => {
    const said = changed({ mode: "free", limits: { ...LIMITS, turn_ms: 60_000, gap_ms: 1 } });
    expect(said).toBe("The facilitator changed how people take turns: free. The facilitator set the length of a turn to 1:00. The facilitator changed other limits of turns.");
  });

  test("is not told again where nothing is new", () => {
    expect(changed({})).toBeNull();
  });
});
