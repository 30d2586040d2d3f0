// Every text of the interface exists in every language, with the same parameters and all plural forms.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "../src");
const LOCALE = join(import.meta.dirname, "../../platform/hemicycle/locale");
const LANGUAGES = ["es", "fr", "ca", "it", "pt", "ar"];
const PLURALS: Readonly<Record<string, number>> = { es: 2, fr: 2, ca: 2, it: 2, pt: 2, ar: 6 };
const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;

type Message = { one: string; many: string | null; forms: string[] };

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name) && entry.name !== "i18n.ts")
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

/** Texts of `t("…")` and pairs of `n("…", "…", …)`, keyed by the first. */
function used(): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const code of sources(SOURCE)) {
    for (const [, text] of code.matchAll(new RegExp(String.raw`\bt\(\s*${TEXT}`, "g"))) found.set(plain(text), null);
    const pairs = new RegExp(String.raw`\bn\(\s*${TEXT}\s*,\s*${TEXT}`, "g");
    for (const [, one, many] of code.matchAll(pairs)) found.set(plain(one), plain(many));
  }
  return found;
}

function plain(text = ""): string {
  return JSON.parse(`"${text}"`) as string;
}

/** The messages of a .po file, as far as these files use the format. */
function messages(lang: string): Map<string, Message> {
  const blocks = readFileSync(join(LOCALE, lang, "LC_MESSAGES/djangojs.po"), "utf8").split(/\n\s*\n/);
  const all = blocks.map((block) => messageOf(block)).filter((message) => message !== null);
  return new Map(all.map((message) => [message.one, message]));
}

function messageOf(block: string): Message | null {
  const fields = new Map<string, string>();
  let field = "";
  for (const line of block.split("\n")) {
    const [, name, text] = line.match(/^(msg\w+(?:\[\d\])?)?\s*"(.*)"$/) ?? [];
    if (text === undefined) continue;
    field = name ?? field;
    fields.set(field, (fields.get(field) ?? "") + plain(text));
  }
  const one = fields.get("msgid");
  if (!one) return null;
  const forms = [...fields].filter(([name]) => name.startsWith("msgstr")).map(([, text]) => text);
  return { one, many: fields.get("msgid_plural") ?? null, forms };
}

const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const keys = used();

describe.each(LANGUAGES.filter((lang) => existsSync(join(LOCALE, lang, "LC_MESSAGES/djangojs.po"))))("%s", (lang) => {
  const catalogue = messages(lang);

  test("has every text that the screens use, and no other", () => {
    expect([...catalogue.keys()].sort()).toEqual([...keys.keys()].sort());
  });

  test("has the plural where the screens count", () => {
    for (const [one, many] of keys) expect(catalogue.get(one)?.many ?? null, one).toBe(many);
  });

  test("is translated wholly, with all plural forms", () => {
    for (const { one, many, forms } of catalogue.values()) {
      expect(forms.every((form) => form.trim() !== ""), one).toBe(true);
      if (many !== null) expect(forms.length, one).toBe(PLURALS[lang]);
    }
  });

  test("keeps the parameters of each text", () => {
    for (const { one, many, forms } of catalogue.values()) {
      const allowed = parameters(`${one} ${many ?? ""}`);
      for (const form of forms) {
        const given = parameters(form);
        const needed = many === null ? allowed : allowed.filter((name) => name !== "{count}");
        expect(needed.every((name) => given.includes(name)), form).toBe(true);
        expect(given.every((name) => allowed.includes(name)), form).toBe(true);
      }
    }
  });
});

test("the screens say something", () => {
  expect(keys.size).toBeGreaterThan(100);
});
