// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { RoomState, SittingState } from "../../src/core/protocol";
import Room from "../../src/pages/Room.svelte";
import { aRoom } from "../fixtures";
import { aSitting } from "../sitting-fixtures";
import { aBoot, anEvent, type FarEnd, leave, open } from "./stage";

const SITTING = "sitting.1";
const NOW = 1_000_000;
afterEach(leave);

const step = { key: "b", kind: "vote", ends_at: NOW + 90_000, extra_ms: 0, ready: [], is_done: false, turn_ms: null, usual: null } as const;

async function openIn(sitting: SittingState, room: Partial<RoomState> = { step }): Promise<FarEnd> {
  const server = await open(Room, { ...aRoom(), ...room }, aBoot({ sitting: SITTING }));
  await server.tell({ type: "snapshot", stream: SITTING, seq: 4, at: NOW, state: sitting, words: {} });
  return server;
}

const told = (seq: number, at: number, kind: string, data: unknown, words = {}) => ({ ...anEvent(seq, at, kind as never, data as never), stream: SITTING, words });

describe("a room in a sitting", () => {
  test("says which step of how many it is at, and how long that takes", async () => {
    await openIn(aSitting({ ends_at: NOW + 90_000 }));
    expect(await screen.findByText("Step 2 of 3")).toBeTruthy();
    expect(screen.getByRole("timer").textContent).toMatch(/^1:(30|29)$/);
  });

  test("votes to move on, once more to stay", async () => {
    const server = await openIn(aSitting());
    await fireEvent.click(screen.getByRole("button", { name: "I am ready to move on" }));
    expect(server.asked("ready.declare")).toMatchObject([{ step: "b" }]);
    await server.tell(anEvent(11, NOW, "ready.declared", { member: "nuria" }));
    expect(screen.getByText("1 of 3 are ready; 2 are needed")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "I am ready to move on" }));
    expect(server.asked("ready.withdraw")).toMatchObject([{ step: "b" }]);
  });

  test("shows a message until it is put away", async () => {
    const server = await openIn(aSitting());
    const words = { key: "m1", lang: "ca", digest: "d" };
    await server.tell(told(5, NOW, "message.sent", { words, member: null }, { m1: { text: "Tornem a les onze.", lang: "ca" } }));
    expect(screen.getByText("Tornem a les onze.")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "I have read it" }));
    expect(screen.queryByText("Tornem a les onze.")).toBeNull();
  });

  test("opens the part that the step is about", async () => {
    const agenda = aSitting().agenda.map((each) => ({ ...each, plan: { ...each.plan, screen: "draft" as const } }));
    await openIn(aSitting({ agenda }));
    expect(screen.getByRole("button", { name: "Drafts" }).getAttribute("aria-current")).toBeTruthy();
  });

  test("a step leads nobody away from a draft they are writing", async () => {
    const server = await openIn(aSitting(), {});
    await fireEvent.click(screen.getByRole("button", { name: /^Drafts/ }));
    await fireEvent.click(await screen.findByRole("button", { name: "Write a new draft" }));
    await server.tell(anEvent(11, NOW, "draft.begun", { draft: "y", member: "nuria" }));
    await fireEvent.input(await screen.findByRole("textbox", { name: "Title" }), { target: { value: "Bancs" } });
    const agenda = aSitting().agenda.map((each) => ({ ...each, plan: { ...each.plan, screen: "talk" as const } }));
    await server.tell({ type: "snapshot", stream: SITTING, seq: 5, at: NOW, state: aSitting({ agenda }), words: {} });
    await server.tell(anEvent(12, NOW, "step.taken", { seq: 6, step: "b", kind: "vote", ends_at: NOW + 60_000, turn_ms: null, usual: null }));
    expect(await screen.findByText("Step 2 of 3")).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Title" }).value).toBe("Bancs");
  });

  test("leads nobody away from words they had not sent", async () => {
    const assign = vi.fn();
    vi.stubGlobal("location", { href: "http://here/", pathname: "/", assign });
    sessionStorage.setItem("unsent:nuria:room.1.note", "Encara no");
    const server = await openIn(aSitting());
    await server.tell(told(5, NOW, "sitting.ended", {}));
    expect(screen.getByRole("link", { name: "Go to the plenary" })).toBeTruthy();
    expect(screen.queryByText(/^You are led there/)).toBeNull();
  });

  test("leads to the plenary when the rooms have closed, unless one stays", async () => {
    const assign = vi.fn();
    vi.stubGlobal("location", { href: "http://here/", pathname: "/", assign });
    const server = await openIn(aSitting());
    await server.tell(told(5, NOW - 14_500, "sitting.ended", {}));
    expect(screen.getByRole("link", { name: "Go to the plenary" }).getAttribute("href")).toBe("/m/nuria/plenary/");
    await waitFor(() => expect(assign).toHaveBeenCalledWith("/m/nuria/plenary/"), { timeout: 3000 });
  });

  test("stays where it is when one says so", async () => {
    const assign = vi.fn();
    vi.stubGlobal("location", { href: "http://here/", pathname: "/", assign });
    const server = await openIn(aSitting());
    await server.tell(told(5, NOW - 14_000, "sitting.ended", {}));
    await fireEvent.click(screen.getByRole("button", { name: "Stay here" }));
    expect(screen.queryByText(/You are led there/)).toBeNull();
    expect(assign).not.toHaveBeenCalled();
  });

  test("without a plan looks as ever", async () => {
    await openIn(aSitting({ phase: "planning", agenda: [], ends_at: null }), { step: null });
    expect(screen.queryByRole("timer")).toBeNull();
    expect(screen.queryByText(/ready to move on|^Step /)).toBeNull();
  });
});
