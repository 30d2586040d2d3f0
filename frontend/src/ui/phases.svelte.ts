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
      return outcome?.adopted ? t("adopted") : t("not adopted");
    default:
      return phase satisfies never;
  }
}
