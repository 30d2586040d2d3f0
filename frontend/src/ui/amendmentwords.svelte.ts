// What an amendment changes and what became of it, in words that follow the interface's language.

import type { Amendment } from "../core/protocol";
import { t } from "./text.svelte";

export function placeName({ act, paragraph: number }: Amendment): string {
  switch (act) {
    case "replace":
      return t("Paragraph {number} written anew", { number });
    case "insert":
      return number ? t("A new paragraph after paragraph {number}", { number }) : t("A new paragraph at the beginning");
    case "delete":
      return t("Paragraph {number} left out", { number });
    default:
      return act satisfies never;
  }
}

export function fateName(fate: Amendment["fate"]): string {
  switch (fate) {
    case "offered":
      return t("to be voted on");
    case "called":
      return t("its vote is on the agenda");
    case "adopted":
      return t("adopted");
    case "rejected":
      return t("not adopted");
    case "lapsed":
      return t("lapsed: nothing is left to change");
    case "unsupported":
      return t("not put to the vote: too few are behind it");
    case "withdrawn":
      return t("taken back");
    default:
      return fate satisfies never;
  }
}
