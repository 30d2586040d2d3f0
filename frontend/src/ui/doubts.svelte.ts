// Why a translation may be wrong, in words.

import { t } from "./text.svelte";

export function doubtName(code: string): string {
  switch (code) {
    case "number":
      return t("doubtful: a number");
    case "negation":
      return t("doubtful: “not” may be lost");
    case "name":
      return t("doubtful: a name");
    case "length":
      return t("doubtful: perhaps not complete");
    case "repetition":
      return t("doubtful: repeated words");
    case "untranslated":
      return t("doubtful: partly not translated");
    default:
      return t("doubtful");
  }
}
