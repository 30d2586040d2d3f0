// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { moved, paragraphs, replacement } from "../src/core/writing/paragraphs";
import { bind } from "../src/core/writing/textarea";

describe("one replacement", () => {
  const after = (before: string, { start, gone, come }: ReturnType<typeof replacement>) => before.slice(0, start) + come + before.slice(start + gone);
  test.each([
    ["", "a", 1],
    ["abc", "abXc", 3],
    ["aaaa", "aaaaa", 2],
    ["abc", "c", 0],
    ["one two", "one three two", 9],
    ["👍", "👎", 2],
    ["a👍b", "a👎b", 3],
    ["👍👍", "👍", 2],
    ["سلام", "سلام عليكم", 10],
    ["e\u0301", "é", 1],
  ])("turns %j into %j", (before, wanted, caret) => {
    const change = replacement(before, wanted, caret);
    expect(after(before, change)).toBe(wanted);
    for (const part of [before.slice(0, change.start), before.slice(change.start, change.start + change.gone), change.come]) {
      expect(part).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test("is put where the caret says, among equal letters", () => {
    expect(replacement("aaaa", "aaaaa", 2)).toEqual({ start: 1, gone: 0, come: "a" });
  });
});

describe("a place in a text", () => {
  test.each([
    [5, [{ retain: 2 }, { insert: "xyz" }], 8],
    [2, [{ retain: 2 }, { insert: "xyz" }], 2],
    [5, [{ retain: 1 }, { delete: 2 }], 3],
    [2, [{ retain: 1 }, { delete: 4 }], 1],
    [5, [{ insert: "ab" }, { delete: 3 }], 4],
    [3, [{ retain: 9 }], 3],
  ])("%i after %j is %i", (place, delta, wanted) => {
    expect(moved(place, delta)).toBe(wanted);
  });
});

test("a paragraph has the language of most of its letters, and blank ones are none", () => {
  const runs = [
    { text: "Los domin", lang: "es" },
    { text: "x", lang: "fr" },
    { text: "gos.\n\n  \nDes bus", lang: "es" },
    { text: " gratuits pour tous", lang: "fr" },
  ];
  expect(paragraphs(runs)).toEqual([
    { text: "Los dominxgos.", lang: "es", start: 0, end: 14 },
    { text: "Des bus gratuits pour tous", lang: "fr", start: 19, end: 45 },
  ]);
});

describe("a box bound to a common text", () => {
  let doc: Y.Doc;
  let field: Y.Text;
  let box: HTMLTextAreaElement;
  let refused: number[];
  let end: () => void;

  beforeEach(() => {
    doc = new Y.Doc();
    field = doc.getText("recommendation");
    field.insert(0, "uno dos", { lang: "es" });
    box = document.body.appendChild(document.createElement("textarea"));
    refused = [];
    end = bind({ element: box, field, lang: () => "fr", limit: 40, isOneLine: false, tooLong: (length) => void (length === null ? (refused = []) : refused.push(length)) });
  });
  afterEach(() => {
    end();
    box.remove();
  });

  function type(text: string, at = box.value.length): void {
    box.value = box.value.slice(0, at) + text + box.value.slice(at);
    box.setSelectionRange(at + text.length, at + text.length);
    box.dispatchEvent(new InputEvent("input"));
  }

  /** What somebody else does, elsewhere. */
  function elsewhere(act: (text: Y.Text) => void): void {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    act(other.getText("recommendation"));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), { by: "bo" });
  }

  test("shows what is there, and says in which language one types", () => {
    expect(box.value).toBe("uno dos");
    type(" tres");
    expect(field.toDelta()).toEqual([
      { insert: "uno dos", attributes: { lang: "es" } },
      { insert: " tres", attributes: { lang: "fr" } },
    ]);
  });

  test("keeps caret and selection while others write before, behind and inside", () => {
    box.setSelectionRange(4, 7, "backward");
    elsewhere((text) => text.insert(0, "cero ", { lang: "es" }));
    expect([box.value, box.selectionStart, box.selectionEnd, box.selectionDirection]).toEqual(["cero uno dos", 9, 12, "backward"]);
    elsewhere((text) => text.insert(12, " fin", { lang: "es" }));
    expect([box.selectionStart, box.selectionEnd]).toEqual([9, 12]);
    elsewhere((text) => text.delete(0, 9));
    expect([box.value, box.selectionStart, box.selectionEnd]).toEqual(["dos fin", 0, 3]);
  });

  test("touches nothing while an input method composes, and loses neither text", () => {
    box.setSelectionRange(7, 7);
    box.dispatchEvent(new CompositionEvent("compositionstart"));
    box.value = "uno dos に";
    elsewhere((text) => text.insert(0, "cero ", { lang: "es" }));
    box.dispatchEvent(new InputEvent("input", { isComposing: true }));
    expect(box.value).toBe("uno dos に");
    box.value = "uno dos 日";
    box.setSelectionRange(9, 9);
    box.dispatchEvent(new CompositionEvent("compositionend"));
    expect(field.toString()).toBe("cero uno dos 日");
    expect([box.value, box.selectionStart]).toEqual(["cero uno dos 日", 14]);
  });

  test("writes whole characters, whatever their script", () => {
    type("👍🏽");
    type("مرحبا");
    const at = box.value.indexOf("👍");
    box.value = box.value.replace("👍🏽", "👎🏽");
    box.setSelectionRange(at + 4, at + 4);
    box.dispatchEvent(new InputEvent("input"));
    expect(field.toString()).toBe("uno dos👎🏽مرحبا");
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(other.getText("recommendation").toString()).toBe("uno dos👎🏽مرحبا");
  });

  test("keeps a right-to-left text and its caret as others write", () => {
    type("\nمرحبا بكم");
    box.setSelectionRange(13, 13);
    elsewhere((text) => text.insert(3, "X", { lang: "es" }));
    expect([box.value, box.selectionStart]).toEqual(["unoX dos\nمرحبا بكم", 14]);
  });

  test("does not take what does not fit, says how long it was, and leaves everything as it was", () => {
    box.setSelectionRange(3, 3);
    type("x".repeat(200_000));
    expect(refused).toEqual([200_007]);
    expect(box.value).toBe("uno dos");
    expect(field.toString()).toBe("uno dos");
  });

  test("lets a text that is too long become shorter", () => {
    elsewhere((text) => text.insert(7, "y".repeat(60), { lang: "es" }));
    box.value = box.value.slice(0, 60);
    box.dispatchEvent(new InputEvent("input"));
    expect([refused, field.length]).toEqual([[], 60]);
  });

  test("takes back one's own words with the keys for it, and nobody else's", () => {
    type(" mío");
    elsewhere((text) => text.insert(0, "suyo ", { lang: "es" }));
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true }));
    expect(box.value).toBe("suyo uno dos");
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, shiftKey: true }));
    expect(box.value).toBe("suyo uno dos mío");
  });

  test("a title stays one line", () => {
    end();
    end = bind({ element: box, field, lang: () => "es", limit: 40, isOneLine: true, tooLong: () => undefined });
    type("\n tres");
    expect([box.value, field.toString()]).toEqual(["uno dos tres", "uno dos tres"]);
    const enter = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
    box.dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(true);
  });
});
