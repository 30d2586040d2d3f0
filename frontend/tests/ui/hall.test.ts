// @vitest-environment jsdom

import { screen } from "@testing-library/svelte";
import { afterEach, describe, expect, test } from "vitest";
import type { MotionState } from "../../src/core/protocol";
import Room from "../../src/pages/Room.svelte";
import { aRoom, STREAM } from "../fixtures";
import { aMotion, anOutcome, aVerdict } from "../plenary-fixtures";
import { aBoot, leave, open } from "./stage";

const PLENARY = "plenary.1";
const words = { t1: { text: "Autobusos primer", lang: "ca" }, r1: { text: "Un autobús cada deu minuts.", lang: "ca" } };
const HALL = { stream: STREAM, id: 1, number: 1, title: "", url: "/", is_hall: true };
const FOUND = { timeout: 5_000 };

async function theHall(motion: MotionState, debated: string | null) {
  const state = { ...aRoom(), item_motion: debated };
  const server = await open(Room, state, aBoot({ rooms: [HALL], plenary: PLENARY }));
  await screen.findByText("Debate of the plenary", { exact: false }, FOUND);
  await expect.poll(() => server.asked("subscribe").map((frame) => frame["stream"]), FOUND).toContain(PLENARY);
  const plenary = { present: ["nuria"], motions: { [motion.motion]: motion } };
  await server.tell({ type: "snapshot", stream: PLENARY, seq: 1, at: 0, state: plenary, words });
  return server;
}

afterEach(leave);

describe("the hall", () => {
  test("shows the motion that is debated, then the way to its ballot, then its result", async () => {
    const server = await theHall(aMotion(), "m1");
    await screen.findByText("Motion 1 is debated", {}, FOUND);
    expect(screen.getAllByText("Autobusos primer").length).toBeGreaterThan(0);
    expect(screen.queryByRole("link", { name: "Vote on motion 1" })).toBeNull();
    const event = (seq: number, kind: string, data: object) => ({ type: "event", stream: PLENARY, seq, at: 1, by: null, kind, data, words: {} });
    await server.tell(event(2, "motion.opened", { motion: "m1", closes_at: null, rolls: { citizens: 5 }, versions: {}, lot: null }));
    expect(screen.getByRole("link", { name: "Vote on motion 1" }).getAttribute("href")).toBe("/m/nuria/plenary/?hall=1");
    await server.tell(event(3, "motion.closed", { motion: "m1", outcome: anOutcome(true, aVerdict(4, 1, 0)), seed: null }));
    expect(screen.queryByRole("link", { name: "Vote on motion 1" })).toBeNull();
    expect(screen.getAllByText(/^Adopted/).length).toBeGreaterThan(0);
  });

  test("has no drafts, and no motion where something else is spoken of", async () => {
    await theHall(aMotion(), null);
    expect(screen.queryByText("Motion 1 is debated")).toBeNull();
    expect(screen.queryByRole("button", { name: "Drafts" })).toBeNull();
    expect(screen.getByRole("button", { name: "People" })).toBeTruthy();
  });
});
