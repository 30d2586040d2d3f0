// What a screen works out of the sitting: which step a room is at, when everything ends, who may vote to move on.

import { describe, expect, test } from "vitest";
import { closingAt, movingOn, placeOf, placeOfAll, warningDue } from "../src/core/sitting";
import { aRoom } from "./fixtures";
import { aSitting, aStep, MINUTE } from "./sitting-fixtures";

const here = (key: string, extra_ms = 0) => ({ key, kind: "discussion", ends_at: 15 * MINUTE, extra_ms, ready: [], is_done: false, turn_ms: null, usual: null }) as const;

describe("the step", () => {
  test("is the one that goes on, and a room may be behind", () => {
    expect(placeOfAll(aSitting())).toMatchObject({ number: 2, of: 3, endsAt: 15 * MINUTE });
    expect(placeOf(aSitting(), here("b", MINUTE))).toMatchObject({ number: 2, endsAt: 16 * MINUTE });
    expect(placeOf(aSitting(), here("a"))).toMatchObject({ number: 1 });
    expect(placeOf(aSitting({ phase: "ended" }), here("b"))).toBeNull();
    expect(placeOf(aSitting(), null)).toBeNull();
  });
});

describe("the end", () => {
  test("is known when it was announced, or follows from the plan", () => {
    expect(closingAt(aSitting())).toBeNull();
    expect(closingAt(aSitting({ by_itself: true }))).toBe(35 * MINUTE);
    expect(closingAt(aSitting({ closes_at: 9 * MINUTE }))).toBe(9 * MINUTE);
    expect(closingAt(aSitting({ agenda: [aStep("b", 10, 5 * MINUTE)] }))).toBe(15 * MINUTE);
  });

  test("is warned of five minutes and one minute before", () => {
    const sitting = aSitting({ closes_at: 20 * MINUTE });
    const due = [14, 15, 18, 19, 19.9, 20].map((minute) => warningDue(sitting, minute * MINUTE));
    expect(due).toEqual([null, 5 * MINUTE, 5 * MINUTE, MINUTE, MINUTE, null]);
  });
});

describe("moving on", () => {
  const room = aRoom();
  const alone = { ...room, seats: { ...room.seats, marta: { ...room.seats["marta"]!, present: false } } };

  test("is voted on where the step asks for it, or nobody facilitates", () => {
    expect(movingOn({ ...room, step: here("b") }, "nuria")).toBeNull();
    expect(movingOn({ ...room, step: { ...here("b"), kind: "vote" } }, "nuria")).toMatchObject({ present: 3, needed: 2 });
    expect(movingOn({ ...alone, step: here("b") }, "nuria")).not.toBeNull();
    expect(movingOn({ ...alone, step: here("b") }, "marta")).toBeNull();
    expect(movingOn(alone, "nuria")).toBeNull();
  });

  test("counts only who is here", () => {
    const step = { ...here("b"), ready: ["iker", "nuria"] };
    expect(movingOn({ ...alone, step }, "nuria")).toMatchObject({ willing: 1, isMine: true });
  });
});
