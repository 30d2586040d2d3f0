// @vitest-environment jsdom

import { fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import { NOBODY } from "../../src/core/ledger";
import Facilitator from "../../src/pages/Facilitator.svelte";
import { aRoom } from "../fixtures";
import { aBoot, anEvent, type FarEnd, leave, open, STREAM } from "./stage";

const NOW = 1_000_000;
const BOOT = aBoot({ page: "facilitator", member: { key: "marta", name: "Marta", role: "facilitator", speaks: ["ca"], reads: "ca" } });
const raised = (seq: number, member: string) => anEvent(seq, NOW + seq, "hand.raised", { member, kind: "normal" });

async function theConsole(state = aRoom()): Promise<FarEnd> {
  const server = await open(Facilitator, state, BOOT);
  await screen.findByRole("heading", { name: "Who asks for the floor" }, { timeout: 15_000 });
  return server;
}

/** Unfold what is folded; jsdom does not do it on a click. */
async function openAll(): Promise<void> {
  for (const details of document.querySelectorAll("details")) details.open = true;
  await new Promise((done) => setTimeout(done, 50));
}

afterEach(leave);

describe("the console", () => {
  test("suggests whom the rule would call, and why", async () => {
    const server = await theConsole();
    await server.tell(raised(11, "begona"), raised(12, "aicha"));
    const [first] = screen.getAllByText(/^suggested/);
    expect(first?.textContent).toBe("suggested: has not spoken in this item");
    expect(first?.closest("li")?.textContent).toContain("Begoña");
  });

  test("gives the floor to whoever the facilitator chooses", async () => {
    const server = await theConsole();
    await server.tell(raised(11, "begona"), raised(12, "aicha"));
    const row = screen.getAllByText("Aïcha").map((name) => name.closest("li.q")).find(Boolean);
    await fireEvent.click(within(row as HTMLElement).getByRole("button", { name: "Give the floor" }));
    expect(server.asked("floor.give")).toMatchObject([{ stream: STREAM, member: "aicha" }]);
  });

  test("a longer turn keeps all other limits", async () => {
    const server = await theConsole();
    await fireEvent.change(screen.getByLabelText("Longest turn"), { target: { value: "180" } });
    const [asked] = server.asked("floor.set");
    expect(asked).toMatchObject({ mode: "balanced", limits: { ...aRoom().floor.limits, turn_ms: 180_000, soft_ms: 165_000 } });
  });

  test("a round is one press, and ends with another", async () => {
    const server = await theConsole();
    await fireEvent.click(screen.getByRole("button", { name: "Ask everybody once, in a round" }));
    expect(server.asked("floor.set")).toMatchObject([{ mode: "round" }]);
    const { limits } = aRoom().floor;
    await server.tell(anEvent(11, NOW, "floor.changed", { mode: "round", limits }), anEvent(12, NOW, "round.started", { members: ["aicha"], then: "strict" }));
    await fireEvent.click(screen.getByRole("button", { name: "End the round" }));
    expect(server.asked("floor.set").at(-1)).toMatchObject({ mode: "strict" });
  });

  test("a hand that is not first may be put first", async () => {
    const server = await theConsole();
    await server.tell(raised(11, "begona"), raised(12, "aicha"));
    await fireEvent.click(screen.getByRole("button", { name: "Put first" }));
    expect(server.asked("hand.advance")).toMatchObject([{ member: "aicha" }]);
  });

  test("a person's time is corrected with a reason", async () => {
    const server = await theConsole();
    const menu = screen.getByLabelText("What to do for Aïcha").closest("details") as HTMLElement;
    await fireEvent.click(within(menu).getByText("Correct the time"));
    await fireEvent.change(await screen.findByLabelText("Reason"), { target: { value: "interpretation" } });
    await fireEvent.click(screen.getByRole("button", { name: "Correct" }));
    expect(server.asked("time.correct")).toMatchObject([{ member: "aicha", seconds: -30, reason: "interpretation" }]);
  });

  test("a length that differs by language is published, and the usual one is not", async () => {
    const room = aRoom();
    const people = { ...room.floor.people, nuria: { ...NOBODY, lang: "ca" } };
    const server = await theConsole({ ...room, floor: { ...room.floor, people } });
    await openAll();
    const catalan = await screen.findByLabelText("Catalan");
    await fireEvent.change(catalan, { target: { value: "115" } });
    await server.tell(anEvent(11, NOW, "pace.changed", { paces: { ca: 115 } }));
    await fireEvent.change(catalan, { target: { value: "100" } });
    expect(server.asked("pace.set")).toMatchObject([{ paces: { ca: 115 } }, { paces: {} }]);
    await fireEvent.click(screen.getByRole("button", { name: "Set as measured" }));
    expect(server.asked("pace.measure")).toHaveLength(1);
  });

  test("a number that makes no sense is not sent", async () => {
    const server = await theConsole();
    await fireEvent.change(screen.getByLabelText(/^Points of order/), { target: { value: "99" } });
    expect(server.asked("floor.set")).toEqual([]);
  });

  test("equality is not told before ten minutes of talk", async () => {
    const asked = vi.fn((_address: string) => Promise.resolve(Response.json({ groups: [{ name: "left bank", people: 40, talk: 55 }] })));
    vi.stubGlobal("fetch", asked);
    const server = await theConsole();
    screen.getByText("Shown after ten minutes of talk: earlier figures would say little.");
    expect(asked).not.toHaveBeenCalled();
    await server.tell(anEvent(11, NOW, "time.corrected", { member: "aicha", ms: 600_000, reason: "machine" }));
    screen.getByText(/Who spoke longest has 100 % of the talk/);
    await screen.findByText("left bank: 40 % of the people, 55 % of the talk.");
    expect(asked.mock.calls.map(([address]) => address)).toEqual([expect.stringMatching(/\/room\/\d+\/shares\/$/)]);
  });

  test("closing the room asks twice", async () => {
    const server = await theConsole();
    await fireEvent.click(screen.getByRole("button", { name: "Close the room" }));
    expect(server.asked("room.close")).toEqual([]);
    await fireEvent.click(screen.getByRole("button", { name: "Close it" }));
    expect(server.asked("room.close")).toHaveLength(1);
  });

  test("sending somebody out and letting them in again is one act each", async () => {
    const server = await theConsole();
    const menu = screen.getByLabelText("What to do for Aïcha").closest("details") as HTMLElement;
    await fireEvent.click(within(menu).getByText("Send out of the room"));
    expect(server.asked("member.remove")).toMatchObject([{ member: "aicha" }]);
    await server.tell(anEvent(11, NOW, "member.removed", { member: "aicha" }));
    await fireEvent.click(screen.getByRole("button", { name: "Let in again" }));
    expect(server.asked("member.readmit")).toMatchObject([{ member: "aicha" }]);
  });
});
