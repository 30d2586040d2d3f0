// Several people at one screen: whose seat it is, and who is called.

import { describe, expect, test } from "vitest";
import { callOf, neighbours, typedFor } from "../src/core/companions";
import type { RoomState } from "../src/core/protocol";
import { aRoom } from "./fixtures";

const seated = (changes: Record<string, object>): RoomState => {
  const room = aRoom();
  const seats = Object.fromEntries(Object.entries(room.seats).map(([key, seat]) => [key, { ...seat, ...changes[key] }]));
  return { ...room, seats };
};


describe("for whom a scribe types", () => {
  test("are those assigned who have not been sent out", () => {
    const [first = "", second = ""] = Object.keys(aRoom().seats);
    expect(typedFor(seated({ [first]: { scribe: "pen" }, [second]: { scribe: "pen", removed: true } }), "pen")).toEqual([first]);
  });
});

describe("who shares this device", () => {
  test("sits in this room, is not oneself and not sent out", () => {
    const [first = "", second = "", third = ""] = Object.keys(aRoom().seats);
    const room = seated({ [third]: { removed: true } });
    expect(neighbours(room, ["elsewhere", first, second, third], first)).toEqual([second]);
  });
});

describe("what the floor asks of a person", () => {
  const [who = ""] = Object.keys(aRoom().floor.people);
  const at = (phase: RoomState["floor"]["phase"]): RoomState => ({ ...aRoom(), floor: { ...aRoom().floor, phase } });

  test("is told from the phase and the queue", () => {
    const until = { member: who, until: 9, gap_until: null, is_accepted: false };
    expect(callOf(at({ is: "offered", ...until, reason: "queue", kind: "normal", departs: false, is_prolonged: false }), who)).toBe("called");
    expect(callOf(at({ is: "held", ...until }), who)).toBe("called");
    expect(callOf(at({ is: "open" }), who)).toBe("none");
  });
});
