// How far a motion has come, in a word or two.

import type { MotionState } from "../core/protocol";
import { t } from "./text.svelte";

export function phaseName(phase: MotionState["phase"], outcome: MotionState["outcome"]): string {
  switch (phase) {
    case "draft":
      return t("not open yet");
    case "open":
      return t("vote now");
    case "closed":
    case "certified":
      if (outcome?.settled === "tie_open") return t("the chair decides");
      if (outcome && outcome.chosen !== null) return t("option {number} chosen", { number: outcome.chosen });
      return outcome?.adopted ? t("adopted") : t("not adopted");
    case "void":
      return t("voided");
    default:
      return phase satisfies never;
  }
}
