// @vitest-environment jsdom

import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { MotionState } from "../../src/core/protocol";
import Plenary from "../../src/pages/Plenary.svelte";
import { aMotion, anElectorate, anOutcome, aVerdict } from "../plenary-fixtures";
import { aBoot, leave, open } from "./stage";

const STREAM = "plenary.1";
const OPEN: Partial<MotionState> = { phase: "open", opened_at: 0, closes_at: 1_160_000, rolls: { citizens: 5 } };
const words = { t1: { text: "Autobusos primer", lang: "ca" }, r1: { text: "Un autobús cada deu minuts.", lang: "ca" } };

async function thePlenary(...motions: readonly MotionState[]) {
  const server = await open(Plenary, undefined, aBoot({ page: "plenary", plenary: STREAM }));
  const state = { present: ["nuria"], motions: Object.fromEntries(motions.map((motion) => [motion.motion, motion])) };
  await server.tell({ type: "snapshot", stream: STREAM, seq: 1, at: 0, state, words });
  return server;
}

function door(body: object) {
  const answer = vi.fn(() => Promise.resolve(new Response(JSON.stringify(body))));
  vi.stubGlobal("fetch", answer);
  return answer;
}

const event = (seq: number, kind: string, data: object) => ({ type: "event", stream: STREAM, seq, at: 1, by: null, kind, data, words: {} });
const settled = () => new Promise((done) => setTimeout(done, 20));

afterEach(leave);

describe("the ballot", () => {
  test("says what it will do, sends it, and can be changed while it is public", async () => {
    await thePlenary(aMotion({}, OPEN));
    const sent = door({ done: true, cast_at: 1_000_000, tracker: null });
    await fireEvent.click(screen.getByRole("radio", { name: "No" }));
    await fireEvent.click(screen.getByRole("button", { name: "Vote no" }));
    await settled();
    expect(sent).toHaveBeenCalledTimes(1);
    expect(await screen.findByText(/Your vote is in since/)).toBeTruthy();
    expect(screen.getByText("You can change it until closing.")).toBeTruthy();
  });

  test("that is final asks once more, then shows the code and no choice", async () => {
    await thePlenary(aMotion({ electorates: [anElectorate({ level: "assisted" })] }, OPEN));
    const sent = door({ done: true, cast_at: 1_000_000, tracker: "a16ea6" });
    await fireEvent.click(screen.getByRole("radio", { name: "Yes" }));
    await fireEvent.click(screen.getByRole("button", { name: "Vote yes" }));
    expect(sent).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByRole("button", { name: "Yes, send it: Yes" }));
    await settled();
    expect(await screen.findByText("a16ea6")).toBeTruthy();
    expect(screen.queryByRole("radio")).toBeNull();
    expect(Object.values(localStorage).join()).not.toContain("yes");
  });

  test("that is refused says so and keeps the choice", async () => {
    await thePlenary(aMotion({}, OPEN));
    door({ refused: "motion.closed", params: {} });
    await fireEvent.click(screen.getByRole("radio", { name: "Yes" }));
    await fireEvent.click(screen.getByRole("button", { name: "Vote yes" }));
    expect(await screen.findByText(/The vote is closed/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Yes" }).checked).toBe(true);
  });
});

describe("the plenary", () => {
  test("shows the turnout while a vote is open, and nothing of how people voted", async () => {
    const server = await thePlenary(aMotion({}, OPEN));
    await server.tell({ type: "signal", stream: STREAM, by: null, name: "turnout", data: { motion: "m1", cast: { citizens: 3 } } });
    expect(screen.getByText(/3 of 5 have voted/)).toBeTruthy();
  });

  test("turns to a motion when its vote opens, and to its result when it closes", async () => {
    const server = await thePlenary(aMotion());
    expect(screen.queryByRole("radio")).toBeNull();
    await server.tell(event(2, "motion.opened", { motion: "m1", closes_at: null, rolls: { citizens: 5 }, versions: {} }));
    expect(screen.getAllByRole("radio")).toHaveLength(3);
    await server.tell(event(3, "motion.closed", { motion: "m1", outcome: anOutcome(true, aVerdict(3, 1, 0)) }));
    expect(await screen.findByRole("heading", { name: /^Adopted: 3 of 4/ })).toBeTruthy();
    expect(screen.getByRole("img", { name: "3 voted yes, 1 voted no, and 0 abstained" })).toBeTruthy();
  });

  test("leads to the published result once a person has certified it", async () => {
    const outcome = anOutcome(true, aVerdict(3, 1, 0));
    const server = await thePlenary(aMotion({}, { phase: "closed", outcome }));
    expect(screen.queryByRole("link", { name: /published result/ })).toBeNull();
    await server.tell(event(2, "motion.certified", { motion: "m1", member: "olga" }));
    expect((await screen.findByRole("link", { name: /published result/ })).getAttribute("href")).toBe("/a/sundays/results/m1/");
  });

  test("says that there is nothing to vote on yet", async () => {
    await thePlenary();
    expect(screen.getByText("Nothing to vote on yet.")).toBeTruthy();
  });
});

describe("a vote by consent", () => {
  const HEARD = { electorates: [anElectorate({ base: "valid", threshold: { over: null, at_least: "4/5" } })], objections: "heard" } as const;

  test("asks for consent in its own words", async () => {
    await thePlenary(aMotion(HEARD, OPEN));
    expect(screen.getAllByRole("radio").map((radio) => radio.closest("label")?.querySelector(".grow")?.textContent)).toEqual(["I consent", "I do not consent", "I stand aside"]);
  });

  test("takes an objection before it opens, shows what became of it, and lets its author take it back", async () => {
    const server = await thePlenary(aMotion(HEARD));
    await fireEvent.click(await screen.findByRole("button", { name: "I object to this text" }));
    expect(screen.getByRole("textbox", { name: /Why must it not be adopted/ })).toBeTruthy();
    await server.tell({ ...event(2, "objection.raised", { motion: "m1", member: "mask of nuria", words: { key: "o1", lang: "ca", digest: "" } }), words: { o1: { text: "I de nit?", lang: "ca" } } });
    expect(screen.getByText("I de nit?")).toBeTruthy();
    expect(screen.getByText("to be heard")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Take my objection back" })).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
    await server.tell(event(3, "objection.answered", { motion: "m1", objection: "o1", fate: "upheld" }));
    expect(screen.getByText("upheld")).toBeTruthy();
  });
});

describe("whoever leads the plenary", () => {
  test("says what came of an objection, and may say it again", async () => {
    const member = { key: "marta", name: "Marta", role: "chair", speaks: ["ca"], reads: "ca" } as const;
    const server = await open(Plenary, undefined, aBoot({ page: "plenary", plenary: STREAM, member, mask: "mask of marta" }));
    const heard = aMotion({ objections: "heard" }, { objections: [{ objection: "o1", member: "mask of bo", fate: "open" }] });
    await server.tell({ type: "snapshot", stream: STREAM, seq: 1, at: 0, state: { present: [], motions: { m1: heard } }, words: { ...words, o1: { text: "I de nit?", lang: "ca" } } });
    await fireEvent.click(await screen.findByRole("button", { name: "Uphold it" }));
    expect(server.asked("objection.answer")).toMatchObject([{ motion: "m1", objection: "o1", fate: "upheld" }]);
    await server.tell(event(2, "objection.answered", { motion: "m1", objection: "o1", fate: "upheld" }));
    expect(screen.queryByRole("button", { name: "Uphold it" })).toBeNull();
    expect(screen.getByRole("button", { name: "What it asks for is met" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Take my objection back" })).toBeNull();
    await server.tell(event(3, "motion.opened", { motion: "m1", closes_at: null, rolls: { citizens: 5 }, versions: {} }));
    expect(screen.queryByRole("button", { name: "What it asks for is met" })).toBeNull();
  });
});

describe("a motion that may be amended", () => {
  const RULE = { amendments: { order: "furthest_first", supporters: 2 } } as const;
  const text = { ...words, r1: { text: "Un autobús cada hora.\nGratis.", lang: "ca" } };
  const offered = (seq: number, member: string, key: string, said: string, act: string) =>
    ({ ...event(seq, "amendment.offered", { motion: "m1", member, act, paragraph: 2, words: { key, lang: "ca", digest: "" }, reasons: null }), words: { [key]: { text: said, lang: "ca" } } });

  async function theMotion() {
    const server = await open(Plenary, undefined, aBoot({ page: "plenary", plenary: STREAM }));
    await server.tell({ type: "snapshot", stream: STREAM, seq: 1, at: 0, state: { present: ["nuria"], motions: { m1: aMotion(RULE) } }, words: text });
    return server;
  }

  test("takes an amendment to the paragraph that was chosen, and keeps it where it is refused", async () => {
    const server = await theMotion();
    await fireEvent.click(await screen.findByRole("button", { name: "I want to change this text" }));
    await fireEvent.change(screen.getByRole("combobox", { name: /Which paragraph/ }), { target: { value: "2" } });
    await fireEvent.input(screen.getByRole("textbox", { name: "The new paragraph" }), { target: { value: "Gratis per a tothom." } });
    await fireEvent.click(screen.getByRole("button", { name: "Offer the amendment" }));
    const [asked] = server.asked("amendment.offer");
    expect(asked).toMatchObject({ stream: STREAM, motion: "m1", act: "replace", paragraph: 2, text: "Gratis per a tothom.", lang: "ca" });
    await server.tell({ type: "refused", ref: asked?.["ref"], code: "amendment.list_closed", params: {} });
    expect(await screen.findByText("The list of amendments to this motion is closed.")).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "The new paragraph" }).value).toBe("Gratis per a tothom.");
  });

  test("shows which amendments exclude each other, whose is one's own, and nothing to add once the list is closed", async () => {
    const server = await theMotion();
    await server.tell(offered(2, "mask of nuria", "a1", "Gratis sempre.", "replace"), offered(3, "bo", "a2", "Gratis.", "delete"));
    expect(await screen.findByText("Only one of these can be adopted: this one, or 2.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Take my amendment back" })).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Support it" }));
    expect(server.asked("amendment.support")).toMatchObject([{ motion: "m1", amendment: "a2", support: true }]);
    await server.tell(event(4, "amendment.arranged", { motion: "m1", order: ["a2"] }));
    expect(screen.getByText("not put to the vote: too few are behind it")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "I want to change this text" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Take my amendment back" })).toBeNull();
  });
});

describe("minority statements", () => {
  const TAKING = { statement_hours: 1, signatures: 2 };
  const LATER = 4_102_444_800_000;
  const closed = (until: number, change: Partial<MotionState> = {}) => aMotion(TAKING, { ...OPEN, phase: "closed", statements_until: until, ...change });
  const written = { ...event(2, "statement.written", { motion: "m1", member: "bo", words: { key: "s1", lang: "ca", digest: "" } }), words: { s1: { text: "I de nit?", lang: "ca" }, bo: { text: "Bo", lang: "ca" } } };

  test("are read with who signs them, and signed, while they are taken", async () => {
    const server = await thePlenary(closed(LATER));
    expect(await screen.findByText(/They are taken until/)).toBeTruthy();
    await server.tell(written);
    expect(screen.getByText("I de nit?")).toBeTruthy();
    expect(screen.getByText("1 person signs this: Bo")).toBeTruthy();
    expect(screen.getByRole("button", { name: "I sign this, too" })).toBeTruthy();
    await server.tell(event(3, "statement.signed", { motion: "m1", statement: "s1", member: "nuria" }));
    expect(screen.getByRole("button", { name: "Take my name back" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "I decide otherwise, and say why" })).toBeTruthy();
    await server.tell(event(4, "statement.left", { motion: "m1", statement: "s1", member: "bo" }));
    await server.tell(event(5, "statement.left", { motion: "m1", statement: "s1", member: "nuria" }));
    expect(screen.queryByText("I de nit?")).toBeNull();
  });

  test("stay to be read when the time is over, and nobody signs any more", async () => {
    await thePlenary(closed(1, { statements: { t1: { statement: "t1", author: "bo", signed: ["bo"] } } }));
    expect(await screen.findByRole("heading", { name: "Minority statements" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /sign|decide/i })).toBeNull();
  });

  test("say before anybody writes whether the public reads names", async () => {
    await thePlenary(aMotion({ ...TAKING, electorates: [anElectorate({ level: "assisted" })] }, OPEN));
    await fireEvent.click(await screen.findByRole("button", { name: "I decide otherwise, and say why" }));
    expect(screen.getByText(/The members read who signs, the public how many/)).toBeTruthy();
  });
});

describe("a vote on several recommendations", () => {
  const option = (source: string, title: string) => ({ source, lang: "ca", title, recommendation: "r1", reasons: null });
  const OPTIONS = { options: [option("a", "t1"), option("b", "t2"), option("c", "t3")] };
  const chosen = { ...anOutcome(true), verdicts: [{ ...aVerdict(0, 0, 0), threshold: { ...aVerdict(0, 0, 0).threshold, what: "support", part: 2, whole: 3 } as const }], chosen: 2 };
  const tables = [{ electorate: "citizens", valid: 3, support: [1, 2, 0], best: [2], medians: [], pairs: [[0, 1, 3], [2, 0, 2], [0, 1, 0]], paths: [], rounds: [[1, 1, 1], [1, 2, null]] }];

  test("is put in order, and asks before it is final", async () => {
    await thePlenary(aMotion({ electorates: [anElectorate({ level: "assisted" })], kind: "runoff" }, { ...OPEN, ...OPTIONS }));
    const sent = door({ done: true, cast_at: 1_000_000, tracker: "a16ea6" });
    const buttons = await screen.findAllByRole("button", { pressed: false });
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Choose first" }).disabled).toBe(true);
    await fireEvent.click(buttons[2]!);
    await fireEvent.click(buttons[0]!);
    await fireEvent.click(screen.getByRole("button", { name: "Cast my vote" }));
    expect(sent).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByRole("button", { name: "Cast my vote" }));
    await settled();
    const [, request] = sent.mock.calls[0] as unknown as [string, RequestInit];
    expect(JSON.parse(String(request.body))).toEqual({ electorate: "citizens", choice: "3 1" });
    expect(await screen.findByText("a16ea6")).toBeTruthy();
  });

  test("shows which option was chosen, its rounds and every pair", async () => {
    await thePlenary(aMotion({ kind: "runoff" }, { ...OPTIONS, phase: "closed", outcome: { ...chosen, tables } }));
    expect(await screen.findByRole("heading", { name: "Option 2 is chosen, with 2 of 3 (66.7 %)." })).toBeTruthy();
    expect(await screen.findByRole("columnheader", { name: "round 2" })).toBeTruthy();
    expect(screen.getByText(/Every pair/)).toBeTruthy();
  });
});
