import { describe, expect, test } from "vitest";
import { textFeed, type Snapshot } from "../src/core/frames";
import { history, passage, readership, sayings } from "../src/core/passages";
import { afterFrame, type Sight } from "../src/core/sight";
import { evolveText } from "../src/core/texts";
import { after, aSight, anEvent, roomOf, STREAM } from "./fixtures";

const SAID = { words: { key: "w1", lang: "fr", digest: "" }, member: "aicha", turn: 1 };
const TURN = { member: "aicha", ends_at: null, kind: "normal", departs: false };

function speaking(): Sight {
  const words = { w1: { text: "Fermons le centre.", lang: "fr" } };
  return after(aSight(), anEvent(11, 1000, "turn.started", TURN), anEvent(12, 2000, "contribution.made", SAID, words));
}

function withFeed(sight: Sight, shown: object, words: object = {}): Sight {
  const stream = textFeed(STREAM, "ca");
  const state = { rendered: { w1: { credit: null, former: [], ...shown } } };
  return afterFrame(sight, { type: "snapshot", stream, seq: 1, at: 0, state, words } as unknown as Snapshot);
}

describe("words for a reader", () => {
  test("in my own language are the original", () => {
    expect(passage(speaking(), STREAM, "fr", "w1")).toMatchObject({ state: "original", text: "Fermons le centre.", lang: "fr" });
  });

  test("are shown in the original until the translation comes", () => {
    expect(passage(speaking(), STREAM, "ca", "w1")).toMatchObject({ state: "coming", lang: "fr" });
  });

  test("are then shown in my language, with the original beside and who translated", () => {
    const label = { engine: "apertium", version: "3.8", route: ["fr", "ca"], rough: false, doubts: [] };
    const sight = withFeed(speaking(), { key: "r1", status: "machine", label }, { r1: { text: "Tanquem el centre.", lang: "ca" } });
    expect(passage(sight, STREAM, "ca", "w1")).toEqual({
      key: "w1",
      text: "Tanquem el centre.",
      lang: "ca",
      state: "machine",
      original: { text: "Fermons le centre.", lang: "fr" },
      label,
      credit: null,
      former: [],
    });
  });

  test("are marked when a second look finds them doubtful, and stay as they are", () => {
    const label = { engine: "apertium", version: "3.8", route: ["fr", "ca"], rough: false, doubts: [] };
    const shown = { key: "r1", status: "machine", label, credit: null, former: [] } as const;
    const marked = evolveText({ rendered: { w1: shown } }, { kind: "text.doubted", data: { of: "w1", key: "r1", doubts: ["meaning"] } });
    expect(marked.rendered["w1"]).toEqual({ ...shown, label: { ...label, doubts: ["meaning"] } });
  });

  test("are shown as a person put them, with what stood there before", () => {
    const credit = { member: "eva", accepted_by: "aicha" };
    const words = { r1: { text: "Tanquem el centre.", lang: "ca" }, r2: { text: "Tanquem el mig.", lang: "ca" } };
    const sight = withFeed(speaking(), { key: "r1", status: "human", label: null, credit, former: ["r2"] }, words);
    expect(passage(sight, STREAM, "ca", "w1")).toMatchObject({ state: "human", credit, former: ["Tanquem el mig."] });
  });

  test.each(["missing", "failed"] as const)("that are %s stay in the original and say so", (status) => {
    const sight = withFeed(speaking(), { key: null, status, label: null });
    expect(passage(sight, STREAM, "ca", "w1")).toMatchObject({ state: status, lang: "fr", text: "Fermons le centre." });
  });

  test("that were erased say so", () => {
    expect(passage(aSight(), STREAM, "ca", "w9").state).toBe("erased");
  });
});

describe("what is being said", () => {
  test("is what the holder of the floor said in this turn; the rest is history", () => {
    const sight = speaking();
    const now = sayings(sight, STREAM, "ca", roomOf(sight));
    expect(now.map(({ member, said }) => [member, said.map(({ words }) => words)])).toEqual([["aicha", ["w1"]]]);
    expect(history(roomOf(sight), now)).toEqual([]);
  });

  test("becomes history when the turn ends, newest first", () => {
    const note = { words: { key: "w2", lang: "es", digest: "" }, member: "begona" };
    const ended = anEvent(13, 3000, "turn.ended", { member: "aicha", reason: "yielded", gap_until: null });
    const sight = after(speaking(), ended, anEvent(14, 4000, "note.made", note));
    expect(history(roomOf(sight), sayings(sight, STREAM, "ca", roomOf(sight))).map(({ words }) => words)).toEqual(["w2", "w1"]);
  });

  test("shows what is being typed until it is said", () => {
    const signal = { type: "signal", stream: STREAM, by: "aicha", name: "typing", data: { text: "Et puis.", lang: "fr" } } as const;
    const typed = afterFrame(speaking(), signal);
    expect(sayings(typed, STREAM, "ca", roomOf(typed))[0]?.typing).toEqual({ text: "Et puis.", lang: "fr" });
    const said = after(typed, anEvent(13, 3000, "contribution.made", { ...SAID, words: { key: "w3", lang: "fr", digest: "" } }));
    expect(sayings(said, STREAM, "ca", roomOf(said))[0]?.typing).toBeNull();
  });

  test("shows what is being typed in the reading language, and never what was taken back", () => {
    const signal = (stream: string, data: Record<string, string>) =>
      ({ type: "signal", stream, by: "aicha", name: "typing", data }) as const;
    const shown = (sight: Sight) => sayings(sight, STREAM, "ca", roomOf(sight))[0]?.typing?.text;
    const typed = afterFrame(speaking(), signal(STREAM, { text: "Oui.", lang: "fr" }));
    expect(shown(typed)).toBe("Oui.");
    const translated = afterFrame(typed, signal(`${STREAM}.text.ca`, { text: "Sí.", lang: "ca", of: "Oui." }));
    expect(shown(translated)).toBe("Sí.");
    expect(sayings(translated, STREAM, "es", roomOf(translated))[0]?.typing?.text).toBe("Oui.");
    expect(shown(afterFrame(translated, signal(STREAM, { text: "Oui. Mais non.", lang: "fr" })))).toBe("Sí.");
    expect(shown(afterFrame(translated, signal(STREAM, { text: "Non.", lang: "fr" })))).toBe("Non.");
    expect(shown(afterFrame(translated, signal(STREAM, { text: "", lang: "fr" })))).toBe("");
  });

  test("is read by those present, in their languages", () => {
    expect(readership(roomOf(aSight()), "aicha")).toEqual({ readers: 3, languages: 2 });
  });
});

test("a stream that is gone keeps its last state and the reason", () => {
  const sight = afterFrame(aSight(), { type: "gone", stream: STREAM, code: "member.removed" });
  expect(sight.gone[STREAM]).toBe("member.removed");
  expect(roomOf(sight).phase).toBe("open");
});
