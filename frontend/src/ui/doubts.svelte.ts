// Why a translation may be wrong, in words.

import { t } from "./text.svelte";

export function doubtName(code: string): string {
  switch (code) {
    case "number":
      return t("doubtful: a number");
    case "date":
      return t("doubtful: a date");
    case "language":
      return t("doubtful: another language");
    case "glossary":
      return t("doubtful: an agreed term");
    case "negation":
      return t("doubtful: “not” lost or added");
    case "name":
      return t("doubtful: a name");
    case "length":
      return t("doubtful: perhaps not complete");
    case "repetition":
      return t("doubtful: repeated words");
    case "untranslated":
      return t("doubtful: partly not translated");
    case "unsure":
      return t("doubtful: the machine was unsure");
    case "meaning":
      return t("doubtful: perhaps another meaning");
    case "modality":
      return t("doubtful: must, should or may");
    default:
      return t("doubtful");
  }
}
