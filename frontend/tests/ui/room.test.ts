// @vitest-environment jsdom

import { cleanup, fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { RoomState } from "../../src/core/protocol";
import Room from "../../src/pages/Room.svelte";
import { aRoom } from "../fixtures";
import { aBoot, anEvent, FarEnd, leave, open, STREAM } from "./stage";

const SAID = { words: "w1", member: "aicha", kind: "contribution", at: 1000, lang: "fr", turn: 1, scribe: null, hidden: null, withdrawn: false, corrections: [], flags: {} } as const;
const NOW = 1_000_000;

afterEach(leave);

const offered = (seq = 11) => anEvent(seq, NOW, "floor.offered", { member: "nuria", until: NOW + 8000, reason: "queue", kind: "normal", departs: false });
const started = (seq = 12) => anEvent(seq, NOW, "turn.started", { member: "nuria", ends_at: null, kind: "normal", departs: false });
const ended = (seq = 13) => anEvent(seq, NOW, "turn.ended", { member: "nuria", reason: "limit", gap_until: null });

describe("writing", () => {
  test("in one of the languages I speak is remembered; another one is offered, never assumed", async () => {
    const member = { key: "nuria", name: "Núria", role: "citizen", speaks: ["ca", "es"], reads: "ca" } as const;
    const server = await open(Room, aRoom(), aBoot({ member }));
    const fetched = vi.fn(async () => ({ ok: true, json: async () => ({ lang: "fr" }) }));
    vi.stubGlobal("fetch", fetched);
    const note = async (text: string) => {
      await fireEvent.click(screen.getByRole("button", { name: "Note" }));
      await fireEvent.input(await screen.findByRole("textbox", { name: "A short note to everybody" }, { timeout: 10_000 }), { target: { value: text } });
    };
    await note("Les commerçants du marché doivent recevoir leurs marchandises.");
    await fireEvent.change(screen.getByRole("combobox", { name: "I write in" }), { target: { value: "es" } });
    const treat = await screen.findByRole("button", { name: "Treat it as French" }, { timeout: 10_000 });
    expect(fetched.mock.calls.at(-1)).toMatchObject(["/m/nuria/guess/", { body: expect.stringContaining('"lang":"es","speaks":["ca","es"]') }]);
    await fireEvent.click(treat);
    await fireEvent.click(screen.getByRole("button", { name: "Send the note" }));
    expect(server.asked("note.make")).toMatchObject([{ lang: "fr" }]);
    expect(localStorage.getItem("nuria:writes")).toBe("es");
  }, 20_000);
});

describe("materials", () => {
  const opened = async (list: string) => {
    const asked = vi.fn();
    const response = new DOMParser().parseFromString(`<main><h1>Materials</h1>${list}</main>`, "text/html");
    vi.stubGlobal("XMLHttpRequest", class {
      readonly status = 200;
      readonly response = response;
      readonly open = asked;
      onload = () => {};
      send() { this.onload(); }
    });
    await open(Room, aRoom(), aBoot({ materials: "/m/nuria/materials/" }));
    await fireEvent.click(screen.getByRole("button", { name: "Materials" }));
    return asked;
  };

  test("stand beside the talk as on their own page", async () => {
    const asked = await opened('<div id="materials"><article><h2>Soroll</h2></article></div>');
    await screen.findByRole("heading", { name: "Soroll" }, { timeout: 10_000 });
    expect(asked).toHaveBeenCalledWith("GET", "/m/nuria/materials/");
  });

  test("that do not come are still a link away", async () => {
    await opened("<p>Please come in again.</p>");
    const link = await screen.findByRole("link", { name: "Open them on a page of their own" }, { timeout: 10_000 });
    expect(link.getAttribute("href")).toBe("/m/nuria/materials/");
  });

  test("are no part of a room where there are none", async () => {
    await open(Room);
    expect(screen.queryByRole("button", { name: "Materials" })).toBeNull();
  });
});

describe("listening", () => {
  test("the hand goes up with one press, and down with the next", async () => {
    const server = await open(Room);
    await fireEvent.click(screen.getByRole("button", { name: "Raise your hand" }));
    expect(server.asked("hand.raise")).toMatchObject([{ stream: STREAM }]);
    await server.tell(anEvent(11, NOW, "hand.raised", { member: "nuria", kind: "normal" }));
    await fireEvent.click(screen.getByRole("button", { name: /Your hand is up/ }));
    expect(server.asked("hand.lower")).toHaveLength(1);
  });

  test("what the hand is for is told behind the dots", async () => {
    const server = await open(Room);
    for (const name of ["against", "Short statement", "Do not invite me: I ask when I want to speak"]) {
      await fireEvent.click(screen.getByRole("button", { name: "More" }));
      await fireEvent.click(await screen.findByRole("button", { name }));
    }
    expect(server.asked("hand.raise")).toMatchObject([{ kind: "normal", tag: "against" }, { kind: "intervention", tag: null }]);
    expect(server.asked("invitations.stop")).toHaveLength(1);
  });

  test("a closed list leaves the prior classes, and everybody is told", async () => {
    const server = await open(Room);
    await server.tell(anEvent(11, NOW, "list.closed", {}));
    expect(screen.getByText("The facilitator closed the list of speakers for this item.", { selector: ".notice" })).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "More" }));
    expect(await screen.findByRole("button", { name: /^Point of order/ })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "for" })).toBeNull();
  });

  test("a question is let in by the speaker, who then waits and goes on", async () => {
    const server = await open(Room);
    await server.tell(started(11), anEvent(12, NOW, "hand.raised", { member: "aicha", kind: "interposed", tag: null }));
    await fireEvent.click(await screen.findByRole("button", { name: "Let them ask" }));
    expect(server.asked("question.allow")).toHaveLength(1);
    const asks = { member: "aicha", ends_at: NOW + 30_000, kind: "interposed", departs: false };
    await server.tell(anEvent(13, NOW, "turn.suspended", { member: "nuria" }), anEvent(14, NOW, "turn.started", asks));
    screen.getByText(/^Aïcha asks you a question\. Your time stands still/);
    await server.tell(anEvent(15, NOW, "turn.ended", { member: "aicha", reason: "yielded", gap_until: null }), anEvent(16, NOW, "turn.resumed", { member: "nuria" }));
    expect(await screen.findByRole("region", { name: "You have the floor" })).toBeTruthy();
  });

  test("who speaks long is reminded in private, and warned before the end once others wait", async () => {
    const server = await open(Room);
    const long = /^You have spoken for a while\./;
    const ending = "Your turn ends soon: come to your last thought.";
    const turn = (seq: number, ago: number, ends_at: number | null) =>
      anEvent(seq, NOW - ago, "turn.started", { member: "nuria", ends_at, kind: "normal", departs: false });
    await server.tell(turn(11, 100_000, null));
    await screen.findByRole("region", { name: "You have the floor" });
    expect(screen.queryByText(long)).toBeNull();
    await server.tell(ended(12), turn(13, 130_000, null));
    await screen.findByText(long);
    await server.tell(ended(14), turn(15, 80_000, NOW + 30_000));
    expect(screen.queryByText(ending)).toBeNull();
    await server.tell(ended(16), turn(17, 80_000, NOW + 10_000));
    await screen.findByText(ending);
  });

  test("hidden words go from the screen, and everybody reads why", async () => {
    const server = await open(Room);
    await server.tell({ ...anEvent(11, NOW, "note.made", { words: { key: "n1", lang: "ca", digest: "" }, member: "aicha" }), words: { n1: { text: "Ximple!", lang: "ca" } } });
    await screen.findByText("Ximple!");
    await server.tell(anEvent(12, NOW, "contribution.hidden", { words: "n1", reason: "insult" }));
    expect(screen.queryByText("Ximple!")).toBeNull();
    await screen.findByText("Hidden by the facilitator: it insults somebody.");
    await server.tell({ ...anEvent(13, NOW, "contribution.restored", { words: "n1" }), words: { n1: { text: "Ximple!", lang: "ca" } } });
    await screen.findByText("Ximple!");
  });

  test("one's own words are taken back after a second press, and nobody else's", async () => {
    const server = await open(Room);
    for (const [seq, member] of [[11, "aicha"], [12, "nuria"]] as const) {
      await server.tell({ ...anEvent(seq, NOW, "note.made", { words: { key: member, lang: "ca", digest: "" }, member }), words: { [member]: { text: "Hola", lang: "ca" } } });
    }
    await fireEvent.click(await screen.findByRole("button", { name: "Take back …" }));
    await fireEvent.click(screen.getByRole("button", { name: "Take it back" }));
    expect(server.asked("contribution.withdraw")).toMatchObject([{ words: "nuria" }]);
  });

  test("a question is answered once, and told at the end", async () => {
    const server = await open(Room);
    const fetched = vi.fn(async () => ({ json: async () => ({ done: true }) }));
    vi.stubGlobal("fetch", fetched);
    await server.tell({ ...anEvent(11, NOW, "poll.opened", { poll: "p1", question: { key: "q1", lang: "ca", digest: "" } }), words: { q1: { text: "Seguim?", lang: "ca" } } });
    await fireEvent.click(await screen.findByRole("button", { name: "rather for" }));
    await server.tell();
    screen.getByText(/^Your answer is in\./);
    expect(fetched).toHaveBeenCalledWith("/m/nuria/room/1/polls/p1/answer", expect.objectContaining({ body: '{"choice":3}' }));
    expect(screen.queryByRole("button", { name: "rather for" })).toBeNull();
    await server.tell(anEvent(12, NOW, "poll.closed", { poll: "p1", answers: 4, counts: null }));
    screen.getByText("4 people answered. That is too few to tell what they chose.");
  });

  test("a proposal is written in the language that one has chosen", async () => {
    const member = { key: "nuria", name: "Núria", role: "citizen", speaks: ["ca", "es"], reads: "ca" } as const;
    localStorage.setItem("nuria:writes", "es");
    const state = { ...aRoom(), exclusion_rule: { part: 2, whole: 3, fewest: 2, hearing_s: 60, lasts_s: 180 } };
    const server = await open(Room, state, aBoot({ member }));
    await fireEvent.click(screen.getByRole("button", { name: "People" }));
    const field = await screen.findByLabelText<HTMLTextAreaElement>("Reason", {}, { timeout: 10_000 });
    const form = field.closest("form") as HTMLFormElement;
    await fireEvent.input(field, { target: { value: "Grita." } });
    await fireEvent.change(within(form).getByLabelText("Who"), { target: { value: "aicha" } });
    expect(field.lang).toBe("es");
    await fireEvent.change(within(form).getByLabelText("I write in"), { target: { value: "ca" } });
    await fireEvent.submit(form);
    expect(server.asked("exclusion.propose")).toMatchObject([{ member: "aicha", reason: "Grita.", lang: "ca" }]);
  });

  test("a proposal that was begun is there again when the form stands elsewhere", async () => {
    const state = { ...aRoom(), exclusion_rule: { part: 2, whole: 3, fewest: 2, hearing_s: 60, lasts_s: 180 } };
    const server = await open(Room, state);
    const people = { name: "People" };
    await server.tell(anEvent(11, NOW, "member.arrived", { member: "nuria" }), anEvent(12, NOW, "member.arrived", { member: "aicha" }), anEvent(13, NOW, "member.arrived", { member: "begona" }));
    await fireEvent.click(screen.getByRole("button", people));
    await fireEvent.input(await screen.findByLabelText("Reason"), { target: { value: "Crida." } });
    await fireEvent.click(screen.getByRole("button", { name: "Talk" }));
    await fireEvent.click(screen.getByRole("button", people));
    const field = await screen.findByLabelText<HTMLTextAreaElement>("Reason");
    expect([field.value, field.closest("details")?.open]).toEqual(["Crida.", true]);
  });

  test("the others agree after the person was heard", async () => {
    const server = await open(Room, { ...aRoom(), exclusion_rule: { part: 2, whole: 3, fewest: 3, hearing_s: 60, lasts_s: 180 } });
    const times = { heard_until: NOW + 60_000, until: NOW + 180_000 };
    await server.tell({ ...anEvent(11, NOW, "exclusion.proposed", { member: "aicha", proposer: "begona", reason: { key: "r", lang: "ca", digest: "" }, ...times }), words: { r: { text: "Crida.", lang: "ca" } } });
    await screen.findByText("Crida.");
    expect((screen.getByRole("button", { name: /^First the person is heard/ }) as HTMLButtonElement).disabled).toBe(true);
    await server.tell({ ...anEvent(12, NOW, "exclusion.answered", { answer: { key: "a", lang: "ca", digest: "" } }), words: { a: { text: "Perdó.", lang: "ca" } } });
    screen.getByText("Perdó.");
    await fireEvent.click(await screen.findByRole("button", { name: "I agree" }));
    expect(server.asked("exclusion.support")).toMatchObject([{ member: "aicha" }]);
  });

  test("a refusal is a sentence beside the act", async () => {
    const server = await open(Room);
    await fireEvent.click(screen.getByRole("button", { name: "Raise your hand" }));
    const [asked] = server.asked("hand.raise");
    await server.tell({ type: "refused", ref: asked?.["ref"], code: "floor.paused", params: {} });
    expect(await screen.findByText("The room is paused. Please wait a moment.")).toBeTruthy();
  });

  test("a translation stands in the reader's language, marked, with its original one key away", async () => {
    const server = await open(Room, { ...aRoom(), said: [SAID] });
    const label = { engine: "apertium", version: "3.8", route: ["fr", "es", "ca"], rough: true, doubts: ["number"] };
    await server.tell(
      { type: "snapshot", stream: STREAM, seq: 10, at: 0, state: { ...aRoom(), said: [SAID] }, words: { w1: { text: "Bonjour", lang: "fr" } } },
      { type: "snapshot", stream: `${STREAM}.text.ca`, seq: 1, at: 0, words: { r1: { text: "Bon dia", lang: "ca", of: "w1" } },
        state: { rendered: { w1: { key: "r1", status: "machine", label, credit: null, former: [] } } } },
    );
    expect(screen.getByText("Bon dia").getAttribute("lang")).toBe("ca");
    expect(screen.getByText("Translated from French by a machine · Apertium · via Spanish")).toBeTruthy();
    expect(screen.getByText("rough")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Original" }));
    expect(screen.getByText("Bonjour").getAttribute("lang")).toBe("fr");
    expect(screen.getByText("3.8").tagName).toBe("BDI");
  });

  test("a term says what it means where it first stands", async () => {
    const meaning = { form: "pressupost", text: "Els diners que es poden gastar.", lang: "ca", dir: "ltr" };
    const fetched = vi.fn(async () => ({ json: async () => ({ terms: [meaning] }) }));
    vi.stubGlobal("fetch", fetched);
    const server = await open(Room, undefined, aBoot({ glossary: "/m/nuria/glossary/" }));
    await server.tell({ ...anEvent(11, NOW, "note.made", { words: { key: "n1", lang: "ca", digest: "" }, member: "aicha" }), words: { n1: { text: "El Pressupost, sí: pressupost.", lang: "ca" } } });
    const term = await screen.findByRole("button", { name: "Pressupost" });
    const box = document.getElementById(term.getAttribute("popovertarget") ?? "");
    expect([box?.textContent, box?.lang, box?.hasAttribute("popover")]).toEqual(["Pressupost Els diners que es poden gastar.", "ca", true]);
    expect(fetched).toHaveBeenCalledWith("/m/nuria/glossary/ca/?reads=ca");
    expect(screen.getAllByRole("button", { name: /pressupost/i })).toHaveLength(1);
  });

  test("a translation runs as its language does, whatever letters it begins with", async () => {
    const server = await open(Room, { ...aRoom(), said: [SAID] });
    await server.tell(
      { type: "snapshot", stream: STREAM, seq: 10, at: 0, state: { ...aRoom(), said: [SAID] }, words: { w1: { text: "أحمد parle", lang: "fr" } } },
      { type: "snapshot", stream: `${STREAM}.text.ca`, seq: 1, at: 0, words: { r1: { text: "أحمد parla", lang: "ca", of: "w1" } },
        state: { rendered: { w1: { key: "r1", status: "machine", label: null, credit: null, former: [] } } } },
    );
    expect(screen.getByText("أحمد parla").getAttribute("dir")).toBe("ltr");
  });

  test("a removed person is told so and sees nothing more", async () => {
    const server = await open(Room);
    await server.tell(anEvent(11, NOW, "member.removed", { member: "nuria", rule: null }), { type: "gone", stream: STREAM, code: "stream.removed" });
    expect(screen.getByText("You are no longer in this room.")).toBeTruthy();
    expect(screen.getByText(/^The facilitator sent you out/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Raise your hand" })).toBeNull();
  });

  test("whom the others sent out is told so, and by what rule", async () => {
    const server = await open(Room);
    const rule = { part: 2, whole: 3, fewest: 3, hearing_s: 60, lasts_s: 180 };
    await server.tell(anEvent(11, NOW, "member.removed", { member: "nuria", rule }), { type: "gone", stream: STREAM, code: "stream.removed" });
    expect(screen.getByText(/^The others here sent you out: at least 2 of 3 of those present agreed/)).toBeTruthy();
  });

  test("who was moved is not told to have been sent out", async () => {
    const server = await open(Room);
    await server.tell(anEvent(11, NOW, "seat.taken", { member: "nuria" }), { type: "gone", stream: STREAM, code: "stream.removed" });
    expect(screen.getByText(/^Perhaps you were moved to another one/)).toBeTruthy();
  });

  test("a lost line is said, and what was said stays", async () => {
    const server = await open(Room);
    server.onclose({ code: 1006, reason: "" });
    await server.tell();
    expect(screen.getByText("No connection. You still see what was said.")).toBeTruthy();
    expect(screen.getByRole("img", { name: /4 people in the room/ })).toBeTruthy();
  });
});

describe("called while looking elsewhere", () => {
  const looksElsewhere = (hidden: boolean) => vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  afterEach(() => vi.restoreAllMocks());

  test("a hidden page asks for a longer offer, once, and says so in its title", async () => {
    looksElsewhere(true);
    const server = await open(Room);
    await server.tell(offered());
    expect(document.title).toContain("It is your turn.");
    await server.tell(anEvent(12, NOW, "offer.prolonged", { member: "nuria", until: NOW + 20_000 }));
    expect(server.asked("offer.prolong")).toHaveLength(1);
  });

  test("a page that goes out of sight after the offer came asks once, too", async () => {
    const looks = looksElsewhere(false);
    const server = await open(Room);
    await server.tell(offered());
    expect(server.asked("offer.prolong")).toHaveLength(0);
    looks.mockReturnValue(true);
    for (let turn = 0; turn < 2; turn += 1) await fireEvent(document, new Event("visibilitychange"));
    expect(server.asked("offer.prolong")).toHaveLength(1);
  });

  test("a page in sight does not, and its title is as before when the offer is over", async () => {
    looksElsewhere(false);
    const title = document.title;
    const server = await open(Room);
    await server.tell(offered(), anEvent(12, NOW, "offer.lapsed", { member: "nuria", reason: "timeout" }));
    expect([server.asked("offer.prolong"), document.title]).toEqual([[], title]);
  });

  test("whoever has not asked for it is neither shaken nor sounded at", async () => {
    const shake = vi.fn(() => true);
    vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { vibrate: shake }));
    const server = await open(Room);
    await server.tell(offered(), anEvent(12, NOW, "offer.lapsed", { member: "nuria", reason: "declined" }));
    expect(shake).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByRole("button", { name: "People" }));
    await fireEvent.click(await screen.findByLabelText("Vibrate"));
    await server.tell(offered(13));
    expect(shake).toHaveBeenCalledTimes(2);
  });
});

describe("having the floor", () => {
  test("an offer is taken or passed", async () => {
    const server = await open(Room);
    await server.tell(offered());
    const offer = screen.getByRole("region", { name: "The floor is offered to you" });
    await fireEvent.click(within(offer).getByRole("button", { name: "Take the floor" }));
    await fireEvent.click(within(offer).getByRole("button", { name: "Pass" }));
    expect([server.asked("offer.accept").length, server.asked("offer.decline").length]).toEqual([1, 1]);
  });

  test("who has taken the floor in the gap does not pass by pressing once more", async () => {
    const server = await open(Room);
    await server.tell({ ...offered(), data: { ...offered().data, gap_until: NOW + 3000 } }, anEvent(12, NOW, "offer.accepted", { member: "nuria" }));
    const offer = screen.getByRole("region", { name: "The floor is offered to you" });
    expect(document.activeElement).toBe(offer);
    await fireEvent.click(within(offer).getByRole("button", { name: "Pass" }));
    expect(server.asked("offer.decline")).toHaveLength(1);
  });

  test("an offer is seen from every part of the room, and taking it leads to where one speaks", async () => {
    const server = await open(Room);
    await fireEvent.click(screen.getByRole("button", { name: "People" }));
    await server.tell(offered());
    expect(screen.getByRole("button", { name: "Take the floor" })).toBeTruthy();
    await server.tell(started());
    expect(screen.getByRole("textbox", { name: "Write in your language" })).toBeTruthy();
  });

  test("words go out in the speaker's own language and stay in the box until they are stored", async () => {
    const server = await open(Room);
    await server.tell(offered(), started());
    const box = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Write in your language" });
    await fireEvent.input(box, { target: { value: "La meva àvia no condueix." } });
    await fireEvent.click(screen.getByRole("button", { name: "Send" }));
    const [asked] = server.asked("contribution.make");
    expect(asked).toMatchObject({ text: "La meva àvia no condueix.", lang: "ca" });
    expect(box.value).toBe("La meva àvia no condueix.");
    await server.tell({ type: "done", ref: asked?.["ref"], seq: 13 });
    expect(box.value).toBe("");
  });

  test("finished sentences are shown to the others while typing, unless that is switched off", async () => {
    const server = await open(Room);
    await server.tell(offered(), started());
    const box = screen.getByRole("textbox", { name: "Write in your language" });
    await fireEvent.input(box, { target: { value: "Fet. I ara" } });
    expect(server.asked("signal")).toMatchObject([{ name: "typing", text: "Fet.", lang: "ca" }]);
  });

  test("text that was not sent when the turn ended may be posted as a note", async () => {
    const server = await open(Room);
    await server.tell(offered(), started());
    await fireEvent.input(screen.getByRole("textbox", { name: "Write in your language" }), { target: { value: "Encara no" } });
    await server.tell(ended());
    await fireEvent.click(await screen.findByRole("button", { name: /Post it as a note/ }));
    expect(server.asked("note.make")).toMatchObject([{ text: "Encara no", lang: "ca" }]);
  });
});

describe("writing a draft", () => {
  const version = { n: 1, member: "aicha", at: 0, title: null, recommendation: "d1", reasons: null, lang: "ca", quotes: [] };
  const drafts: RoomState["drafts"] = { x: { key: "x", version: 1, versions: [version], accepted: [], submitted: false, dissents: {} } };

  test("what was said is quoted, and a correction that comes afterwards is marked", async () => {
    const server = await open(Room);
    await server.tell({ ...anEvent(11, NOW, "note.made", { words: { key: "q1", lang: "ca", digest: "" }, member: "aicha" }), words: { q1: { text: "El banc", lang: "ca" } } });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Write a new draft" }));
    await server.tell(anEvent(12, NOW, "draft.begun", { draft: "00000000000000ab", member: "nuria" }));
    await fireEvent.input(await screen.findByRole("textbox", { name: "Recommendation" }), { target: { value: "Més bancs" } });
    await fireEvent.click(screen.getByRole("button", { name: "Quote what Aïcha said" }));
    await server.tellBytes({ type: "document.opened", ref: "", stream: `${STREAM}.draft.00000000000000ab`, seq: 0, known: 1 }, [0, 0, 0]);
    await server.tell({ type: "done", ref: server.asked("document.write")[0]?.["ref"], seq: 1 });
    await fireEvent.click(screen.getByRole("button", { name: "Put version 1 to the room" }));
    await server.tell();
    expect(server.asked("draft.freeze")).toMatchObject([{ draft: "00000000000000ab", base: 0, quotes: ["q1"] }]);
    const [sent] = server.asked("draft.freeze");
    const quote = { words: "q1", wording: "q1", member: "aicha", lang: "ca", later: null };
    await server.tell(
      { ...anEvent(13, NOW, "draft.written", { draft: "00000000000000ab", version: 1, base: 0, member: "nuria", title: null, recommendation: { key: "d9", lang: "ca", digest: "" }, reasons: null, quotes: [quote] }), words: { d9: { text: "Més bancs", lang: "ca" } } },
      { type: "done", ref: sent?.["ref"], seq: 13 },
    );
    expect(await screen.findByText("El banc", { selector: "blockquote *" })).toBeTruthy();
    await server.tell({ ...anEvent(14, NOW, "contribution.corrected", { words: "q1", wording: { key: "q2", lang: "ca", digest: "" } }), words: { q2: { text: "El banc de seure", lang: "ca" } } });
    expect(screen.getByText("corrected after this was written")).toBeTruthy();
    expect(screen.getByText("El banc de seure", { selector: "figure *" })).toBeTruthy();
    await server.tell(anEvent(15, NOW, "contribution.withdrawn", { words: "q1" }));
    expect(screen.queryByText("El banc", { selector: "blockquote *" })).toBeNull();
  }, 40_000);

  test("a common text is opened as soon as one writes on, and left when one closes it", async () => {
    const server = await open(Room, { ...aRoom(), drafts });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts (1)" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Write on" }));
    expect(await screen.findByRole("textbox", { name: "Recommendation" })).toBeTruthy();
    expect(server.asked("document.open")).toMatchObject([{ stream: `${STREAM}.draft.x` }]);
    await fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("textbox", { name: "Recommendation" })).toBeNull();
  });

  test("the room is asked how warm it is towards a version, and reads it at the draft when the time is over", async () => {
    const room = aRoom();
    const others = Object.fromEntries(["pau", "quim"].map((key) => [key, { ...room.seats["nuria"]! }]));
    const server = await open(Room, { ...room, seats: { ...room.seats, ...others }, drafts });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts (1)" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Ask how warm the room is towards it" }));
    expect(server.asked("temperature.ask")).toMatchObject([{ draft: "x", version: 1 }]);
    const asked = { poll: "p1", question: null, draft: "x", version: 1, closes_at: NOW + 120_000 };
    await server.tell({ type: "done", ref: server.asked("temperature.ask")[0]?.["ref"], seq: 11 }, { ...anEvent(11, NOW, "poll.opened", asked) });
    expect(await screen.findByRole("button", { name: "rather for" })).toBeTruthy();
    expect(screen.getByText(/Version 1 of this draft/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Ask how warm/ })).toBeNull();
    await server.tell(anEvent(12, NOW, "poll.closed", { poll: "p1", answers: 5, counts: [0, 1, 0, 3, 1] }));
    expect(screen.getByText("Temperature of version 1")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Ask how warm/ })).toBeNull();
  });

  test("a room of fewer than five is not asked how warm it is", async () => {
    await open(Room, { ...aRoom(), drafts });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts (1)" }));
    await screen.findByRole("button", { name: "Write on" });
    expect(screen.queryByRole("button", { name: /Ask how warm/ })).toBeNull();
  });

  test("a dissent is raised, shared by others, and left once the text takes it in", async () => {
    const server = await open(Room, { ...aRoom(), drafts });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts (1)" }));
    await fireEvent.input(await screen.findByRole("textbox", { name: "Why, in a sentence or two", hidden: true }), { target: { value: "I les infermeres?" } });
    await fireEvent.click(screen.getByRole("button", { name: "Say so to the room", hidden: true }));
    expect(server.asked("dissent.raise")).toMatchObject([{ draft: "x", version: 1, text: "I les infermeres?", lang: "ca" }]);
    await server.tell({ type: "done", ref: server.asked("dissent.raise")[0]?.["ref"], seq: 11 });
    await server.tell(
      { ...anEvent(11, NOW, "dissent.raised", { draft: "x", version: 1, member: "nuria", words: { key: "o1", lang: "ca", digest: "" } }), words: { o1: { text: "I les infermeres?", lang: "ca" } } },
      { ...anEvent(12, NOW, "dissent.raised", { draft: "x", version: 1, member: "aicha", words: { key: "o2", lang: "ca", digest: "" } }), words: { o2: { text: "I els mercats?", lang: "ca" } } },
    );
    expect(screen.queryByRole("textbox", { name: "Why, in a sentence or two", hidden: true })).toBeNull();
    expect(screen.queryByRole("button", { name: "The text takes it in now" })).toBeNull();
    await fireEvent.click(screen.getByRole("button", { name: "I disagree, too" }));
    expect(server.asked("dissent.share")).toMatchObject([{ draft: "x", dissent: "o2" }]);
    const words = { key: "d2", lang: "ca", digest: "" };
    await server.tell(anEvent(13, NOW, "draft.written", { draft: "x", version: 2, base: 1, member: "aicha", title: null, recommendation: words, reasons: null, quotes: [] }));
    await fireEvent.click(screen.getByRole("button", { name: "The text takes it in now" }));
    expect(server.asked("dissent.leave")).toMatchObject([{ draft: "x", dissent: "o1", reason: "integrated" }]);
    await server.tell(anEvent(14, NOW, "dissent.left", { draft: "x", dissent: "o1", member: "nuria", reason: "integrated" }));
    expect(screen.getByText("1 disagreement is settled")).toBeTruthy();
  });

  test("whoever begins a text is taken to it", async () => {
    const server = await open(Room, aRoom());
    await fireEvent.click(screen.getByRole("button", { name: "Drafts" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Write a new draft" }));
    expect(server.asked("draft.begin")).toHaveLength(1);
    await server.tell(anEvent(11, NOW, "draft.begun", { draft: "y", member: "nuria" }));
    expect(await screen.findByRole("textbox", { name: "Title" })).toBeTruthy();
  });

  const writes = async (server: FarEnd, text: string) => {
    await fireEvent.click(screen.getByRole("button", { name: /^Drafts/ }));
    await fireEvent.click(await screen.findByRole("button", { name: "Write a new draft" }));
    await server.tell(anEvent(11, NOW, "draft.begun", { draft: "y", member: "nuria" }));
    await fireEvent.input(await screen.findByRole("textbox", { name: "Recommendation" }), { target: { value: text } });
  };
  const written = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Recommendation" });

  test("what was not saved when the room closed can be copied, and is in the form again when it opens again", async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    const server = await open(Room);
    await writes(server, "Més bancs a l’ombra.");
    await server.tell(anEvent(12, NOW, "room.closed", { final_at: NOW + 600_000 }));
    const card = within(await screen.findByRole("region", { name: "Your unsent text" }));
    expect(card.getByRole<HTMLTextAreaElement>("textbox", { name: "Draft" }).value).toBe("Més bancs a l’ombra.");
    await fireEvent.click(card.getByRole("button", { name: "Copy" }));
    expect(writeText).toHaveBeenCalledWith("Més bancs a l’ombra.");
    expect(await card.findByRole("button", { name: "✓ Copied" })).toBeTruthy();
    await server.tell(anEvent(13, NOW, "room.opened", {}));
    expect((await written()).value).toBe("Més bancs a l’ombra.");
    expect(screen.queryByRole("region", { name: "Your unsent text" })).toBeNull();
  });

  test("without a clipboard the text is selected, and thrown away it is gone", async () => {
    vi.stubGlobal("navigator", { ...navigator, clipboard: undefined });
    const server = await open(Room);
    await writes(server, "Més bancs.");
    await server.tell(anEvent(12, NOW, "room.closed", { final_at: NOW + 600_000 }));
    await fireEvent.click(await screen.findByRole("button", { name: "Copy" }));
    expect([document.activeElement?.id, window.getSelection()?.toString()]).toEqual(["unsent.draft.y", ""]);
    const field = document.activeElement as HTMLTextAreaElement;
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, "Més bancs.".length]);
    await fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
    expect(screen.queryByRole("region", { name: "Your unsent text" })).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  test("who was sent out takes along what they had not sent", async () => {
    const server = await open(Room);
    await writes(server, "Més bancs.");
    await server.tell(anEvent(12, NOW, "member.removed", { member: "nuria", rule: null }));
    expect(await screen.findByDisplayValue("Més bancs.")).toBeTruthy();
  });

  test("a form that was only looked at leaves nothing behind", async () => {
    const server = await open(Room, { ...aRoom(), drafts });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts (1)" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Write on" }));
    await server.tell(anEvent(12, NOW, "room.closed", { final_at: NOW + 600_000 }));
    expect(sessionStorage).toHaveLength(0);
  });

  test("what one leaves to speak is in the form when one comes back", async () => {
    const server = await open(Room);
    await writes(server, "Més bancs.");
    await server.tell(offered(12), started(13));
    await fireEvent.click(screen.getByRole("button", { name: /^Drafts/ }));
    expect((await written()).value).toBe("Més bancs.");
  });

  test("agreeing names exactly the version that was read", async () => {
    const server = await open(Room, { ...aRoom(), drafts });
    await fireEvent.click(screen.getByRole("button", { name: "Drafts (1)" }));
    await fireEvent.click(await screen.findByRole("button", { name: "I agree with this" }));
    expect(server.asked("draft.accept")).toMatchObject([{ draft: "x", version: 1 }]);
  });
});

describe("typing for somebody", () => {
  const forNuria = (): RoomState => {
    const room = aRoom();
    const nuria = { ...room.seats["nuria"], scribe: "pen" } as RoomState["seats"][string];
    const pen = { ...nuria, role: "scribe", scribe: null } as RoomState["seats"][string];
    return { ...room, seats: { ...room.seats, nuria, pen } };
  };
  const boot = () => aBoot({ member: { key: "pen", name: "Pen", role: "scribe", speaks: ["es"], reads: "es" }, socket: "/m/pen/live" });

  test("whatever is pressed is done for the person, and says so", async () => {
    const server = await open(Room, forNuria(), boot());
    await fireEvent.click(await screen.findByRole("button", { name: "Raise your hand" }));
    expect(server.asked("scribe.act")).toMatchObject([{ member: "nuria", act: { is: "hand.raise" } }]);
  });

  test("the person's call stands beside the name, and the turn is typed in the person's language", async () => {
    const server = await open(Room, forNuria(), boot());
    await server.tell(offered());
    expect(within(await screen.findByRole("navigation", { name: "You type for" })).getByText("is called now")).toBeTruthy();
    await server.tell(started());
    expect(screen.getByRole("textbox").getAttribute("lang")).toBe("ca");
  });

  test("what was typed by a scribe is marked", async () => {
    await open(Room, { ...aRoom(), said: [{ ...SAID, scribe: "pen" }] });
    expect(screen.getByText(/^typed by/)).toBeTruthy();
  });
});

describe("sharing a device", () => {
  test("the others of this device are one press away, and their call is shown", async () => {
    localStorage.setItem("device:members", "aicha elsewhere");
    const server = await open(Room);
    await server.tell(anEvent(11, NOW, "floor.offered", { member: "aicha", until: NOW + 8000, reason: "queue", kind: "normal", departs: false }));
    const others = within(await screen.findByRole("navigation", { name: "Others on this device" }));
    expect(others.getAllByRole("link")).toHaveLength(1);
    expect(others.getByText("is called now")).toBeTruthy();
  });

  test("what one has not sent is not in the box of the other", async () => {
    const server = await open(Room);
    await server.tell(started(11));
    await fireEvent.input(await screen.findByRole("textbox", { name: "Write in your language" }), { target: { value: "Encara no" } });
    cleanup();
    const aicha = { key: "aicha", name: "Aïcha", role: "citizen", speaks: ["fr"], reads: "fr" } as const;
    const other = await open(Room, aRoom(), aBoot({ member: aicha }));
    await other.tell(anEvent(11, NOW, "turn.started", { member: "aicha", ends_at: null, kind: "normal", departs: false }));
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Write in your language" })).value).toBe("");
  });

  test("their seats are kept only if they say that they share it", async () => {
    localStorage.setItem("device:members", "aicha");
    const server = await open(Room);
    expect(FarEnd.last).toBe(server);
    await fireEvent.click(await screen.findByRole("checkbox", { name: /^We share this device/ }));
    const line = FarEnd.last;
    await line.tell({ type: "hello", protocol: 1, member: "aicha", now: NOW, rate: 1, ack_bytes: 65536 });
    expect(line.asked("subscribe")).toMatchObject([{ stream: STREAM }]);
    expect(line).not.toBe(server);
  });
});

describe("what our room says", () => {
  const finding = { kind: "divergence", words: "w1", lang: "fr", accepted: ["aicha"], is_agreed: false } as const;

  test("is agreed with one press, and taken back with the next", async () => {
    const server = await open(Room, { ...aRoom(), findings: { f1: finding } });
    await fireEvent.click(screen.getByRole("button", { name: /^Drafts/ }));
    await fireEvent.click(await screen.findByRole("button", { name: "I agree" }));
    expect(server.asked("finding.accept")).toMatchObject([{ finding: "f1" }]);
    await server.tell(anEvent(11, NOW, "finding.accepted", { finding: "f1", member: "nuria" }));
    await fireEvent.click(screen.getByRole("button", { name: "I no longer agree" }));
    expect(server.asked("finding.release")).toHaveLength(1);
  });

  test("stands once it is agreed", async () => {
    const server = await open(Room, { ...aRoom(), findings: { f1: finding } });
    await fireEvent.click(screen.getByRole("button", { name: /^Drafts/ }));
    await server.tell(anEvent(11, NOW, "finding.agreed", { finding: "f1", accepted: 3, present: 4 }));
    expect(screen.getByText("agreed")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "I agree" })).toBeNull();
  });
});
