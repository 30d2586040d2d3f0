import { afterEach, describe, expect, test, vi } from "vitest";
import { Announcer, type Spoken } from "../src/core/announce";
import { languageName, minutes, n, t, useCatalogue } from "../src/core/i18n";
import { sentenceFor } from "../src/core/refusals";
import { finished, TypingSignal } from "../src/core/typing";
import { setting, writing } from "../src/core/keep";
import { CivicClock } from "../src/core/clock";

afterEach(() => useCatalogue(null, "en", "ltr"));

describe("interface texts", () => {
  test("are English without a catalogue", () => {
    expect(t("Hello {name}", { name: "Núria" })).toBe("Hello Núria");
    expect([0, 1, 2].map((count) => n("{count} hand", "{count} hands", count))).toEqual(["0 hands", "1 hand", "2 hands"]);
  });

  test("take the plural form the catalogue's table gives", () => {
    const p = Array.from({ length: 200 }, (_, i) => (i === 0 ? 0 : i === 1 ? 1 : i === 2 ? 2 : i % 100 >= 3 && i % 100 <= 10 ? 3 : i % 100 >= 11 ? 4 : 5)).join("");
    useCatalogue({ m: { "{count} hand": ["صفر", "واحدة", "اثنتان", "قليل", "كثير", "غير"] }, p }, "ar", "rtl");
    const forms = [0, 1, 2, 3, 11, 100, 203, 1011].map((count) => n("{count} hand", "{count} hands", count));
    expect(forms).toEqual(["صفر", "واحدة", "اثنتان", "قليل", "كثير", "غير", "قليل", "كثير"]);
  });

  test("fall back to English where a translation is empty", () => {
    useCatalogue({ m: { Yes: "" }, p: "0".repeat(200) }, "ca", "ltr");
    expect(t("Yes")).toBe("Yes");
  });

  test("keep a name of the other direction apart from the sentence", () => {
    expect(t("{name} speaks", { name: "سلمى" })).toBe("\u2068سلمى\u2069 speaks");
    useCatalogue({ m: { "{name} speaks": "{name} يتكلم" }, p: "0".repeat(200) }, "ar", "rtl");
    expect(t("{name} speaks", { name: "Ana" })).toBe("\u2068Ana\u2069 يتكلم");
  });

  test("name languages in the reader's language, and unknown ones by their code", () => {
    expect(languageName("fr")).toBe("French");
    expect(languageName("x!")).toBe("x!");
  });

  test.each([
    [0, "0:00"],
    [59_999, "0:59"],
    [125_000, "2:05"],
    [-5, "0:00"],
  ])("%i ms is %s", (ms, text) => expect(minutes(ms)).toBe(text));
});

describe("the language somebody writes in", () => {
  const eva = { key: "eva", speaks: ["es", "ca"], reads: "es" };

  test("is the one chosen last, as long as they speak it", () => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
    expect(writing.read(eva)).toBe("es");
    writing.write(eva, "ca");
    writing.write(eva, "fr");
    expect(writing.read(eva)).toBe("ca");
    expect(writing.read({ ...eva, speaks: ["es"] })).toBe("es");
    expect(setting.read("eva", "writes")).toBe("ca");
    vi.unstubAllGlobals();
  });
});

describe("refusals", () => {
  test("are a sentence that says what is possible", async () => {
    expect(await sentenceFor({ code: "text.too_long", params: { limit: 250 } })).toBe("This is too long: at most 250 characters.");
  });

  test("of an unknown kind are a sentence too", async () => {
    expect(await sentenceFor({ code: "moon.full", params: {} })).toBe("That did not work. Please try again.");
  });
});

describe("the announcer", () => {
  function heard() {
    const spoken: Spoken[] = [];
    const timers: (() => void)[] = [];
    const announcer = new Announcer((next) => spoken.push(next), (_, act) => timers.push(act));
    return { spoken, timers, announcer };
  }

  test("says one polite thing at a time and drops repetitions in the queue", () => {
    const { spoken, timers, announcer } = heard();
    for (const text of ["one", "two", "two", "three"]) announcer.polite(text);
    expect(spoken.map(({ polite }) => polite)).toEqual(["one"]);
    while (timers.length) timers.shift()?.();
    expect(spoken.map(({ polite }) => polite)).toEqual(["one", "two", "three"]);
  });

  test("says urgent things at once, and twice if they happen twice", () => {
    const { spoken, announcer } = heard();
    announcer.assertive("You have the floor.");
    announcer.assertive("You have the floor.");
    expect(new Set(spoken.map(({ assertive }) => assertive)).size).toBe(2);
  });
});

describe("typing", () => {
  test.each([
    ["Hola. Què tal", "Hola."],
    ["sense punt", ""],
    ["Un 3.5 per cent", ""],
    ["Un 3.", ""],
    ["Va costar 3. Però", "Va costar 3."],
    ["Primer: el parc; segon: l'escola", ""],
    ["我同意。我们", "我同意。"],
    ["هل هذا صحيح؟ نعم", "هل هذا صحيح؟"],
    ["First line\nsecond", "First line"],
    ["«Sí.» I més", "«Sí.»"],
  ])("%j shows %j", (text, shown) => expect(finished(text)).toBe(shown));

  test("is sent at most every 0.3 s, and the last state always", () => {
    const sent: string[] = [];
    const timers: (() => void)[] = [];
    const signal = new TypingSignal((text) => sent.push(text), (_, act) => timers.push(act));
    for (const text of ["A. ", "A. B. ", "A. B. C. d"]) signal.write(text);
    expect(sent).toEqual(["A."]);
    timers.shift()?.();
    expect(sent).toEqual(["A.", "A. B. C."]);
  });
});

describe("civic time", () => {
  test("runs at the server's rate", () => {
    let local = 0;
    const clock = new CivicClock(() => local, 5);
    clock.sync(1_000_000, 60);
    local = 500;
    expect(clock.now()).toBe(1_030_000);
  });

  test("believes the answer with the shortest way, and adds half of it", () => {
    let local = 0;
    const clock = new CivicClock(() => local, 0);
    clock.sync(1000, 1);
    clock.sync(1500, 1, 100);
    expect(clock.now()).toBe(1550);
    clock.sync(2500, 1, 1900);
    expect(clock.now()).toBe(1550);
    local = 10;
    expect(clock.now()).toBe(1560);
  });

  test("believes a vaguer answer that contradicts it: the device has slept", () => {
    const clock = new CivicClock(() => 0, 0);
    clock.sync(1000, 1, 100);
    clock.sync(2500, 1);
    expect(clock.now()).toBe(1050);
    clock.sync(600_000, 1);
    expect(clock.now()).toBe(600_000);
  });
});
