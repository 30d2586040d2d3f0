// @vitest-environment jsdom

import { fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, describe, expect, test } from "vitest";
import Facilitator from "../../src/pages/Facilitator.svelte";
import { aRoom } from "../fixtures";
import { aBoot, anEvent, leave, open, STREAM } from "./stage";

const NOW = 1_000_000;
const BOOT = aBoot({ page: "facilitator", member: { key: "marta", name: "Marta", role: "facilitator", speaks: ["ca"], reads: "ca" } });
const raised = (seq: number, member: string) => anEvent(seq, NOW + seq, "hand.raised", { member, kind: "normal" });
const theConsole = (state = aRoom()) => open(Facilitator, state, BOOT);

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
