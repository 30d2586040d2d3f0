// Which wording stands, who may suggest a translation, and whom a suggestion concerns.

import { describe, expect, test } from "vitest";
import type { RoomState, Said } from "../src/core/protocol";
import { isForeign } from "../src/core/languages";
import { passage } from "../src/core/passages";
import { formerOf, speaksBoth, waitingFor, wordingOf } from "../src/core/wordings";
import { aRoom, aSight, STREAM } from "./fixtures";

const SAID: Said = {
  words: "w1", member: "aicha", kind: "note", at: 0, lang: "fr", turn: 0, scribe: null,
  hidden: null, withdrawn: false, corrections: ["w2", "w3"], flags: {},
};
const SUGGESTION = { words: "w1", of: "w3", text: "s1", lang: "ca", member: "eva" };

function withSuggestion(): RoomState {
  return { ...aRoom(), said: [SAID], suggestions: { x: SUGGESTION } };
}

describe("what stands", () => {
  test("is the author's last correction; the others were before", () => {
    expect([wordingOf(SAID), formerOf(SAID)]).toEqual(["w3", ["w1", "w2"]]);
  });

  test("is what was said where nothing was corrected", () => {
    expect([wordingOf({ ...SAID, corrections: [] }), formerOf({ ...SAID, corrections: [] })]).toEqual(["w1", []]);
  });
});

test.each([
  [["fr", "ca"], "fr", "ca", true],
  [["fr-CA", "ca"], "fr", "ca-valencia", true],
  [["fr"], "fr", "ca", false],
  [["fr", "ca"], "ca", "ca-valencia", false],
])("who knows %j of %s and %s may suggest: %s", (known, lang, reads, may) => {
  expect(speaksBoth(known, lang, reads)).toBe(may);
});

test.each([
  ["aicha", false, [true]],
  ["eva", false, [false]],
  ["eva", true, [false]],
  ["guide", true, [true]],
  ["begona", false, []],
])("a suggestion as %s sees it", (member, leads, mayDecide) => {
  expect(waitingFor(withSuggestion(), member, leads).map((each) => each.mayDecide)).toEqual(mayDecide);
});

test.each([
  ["pt", "pt-BR", false],
  ["ca-valencia", "ca", false],
  ["sr", "sr-Latn", false],
  ["zh", "zh-Hant", true],
  ["es", "ca", true],
  ["zh", "zh", false],
])("%s is foreign to who reads %s: %s", (lang, reads, foreign) => {
  expect(isForeign(lang, reads)).toBe(foreign);
});

test("nobody waits for a translation into a variant of the language it was said in", () => {
  const sight = aSight();
  const words = { ...sight.words, w: { text: "Bom dia", lang: "pt" } };
  expect(passage({ ...sight, words }, STREAM, "pt-BR", "w").state).toBe("original");
  expect(passage({ ...sight, words }, STREAM, "es", "w").state).toBe("coming");
});
