// A term is explained where it first stands, whatever its capitals, and nothing of the text is lost.

import { expect, test } from "vitest";
import { explainer } from "../src/core/terms";

const BUDGET = { form: "budget", text: "What the city may spend.", lang: "en", dir: "ltr" } as const;
const BUDGETS = { ...BUDGET, form: "budgets" };
const STREET = { form: "Straße (a.b)", text: "Wo man geht.", lang: "de", dir: "ltr" } as const;
const CITY = { form: "İstanbul", text: "Bir şehir.", lang: "tr", dir: "ltr" } as const;

test.each([
  ["The Budgets, the budget.", ["The ", "*Budgets", ", the budget."]],
  ["budgetary, sub_budget", ["budgetary, sub_budget"]],
  ["Straße (a.b), Straße (acb)", ["*Straße (a.b)", ", Straße (acb)"]],
  ["ISTANBUL ve istanbul", ["*ISTANBUL", " ve istanbul"]],
  ["", []],
])("%s", (text, expected) => {
  const parts = explainer([BUDGET, BUDGETS, STREET, CITY])(text);
  expect(parts.map((part) => `${part.meaning ? "*" : ""}${part.text}`)).toEqual(expected);
  expect(parts.map((part) => part.text).join("")).toBe(text);
});

test("without terms a text is one part", () => {
  expect(explainer([])("budget")).toEqual([{ text: "budget", meaning: null }]);
});
