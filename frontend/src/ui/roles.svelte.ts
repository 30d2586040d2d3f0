// The roles of members by name.

import type { Seat } from "../core/protocol";
import { t } from "./text.svelte";

export function roleName(role: Seat["role"]): string {
  switch (role) {
    case "citizen":
      return t("citizen");
    case "facilitator":
      return t("facilitator");
    case "organiser":
      return t("organiser");
    case "chair":
      return t("chair");
    case "translator":
      return t("translator");
    case "scribe":
      return t("scribe");
    case "expert":
      return t("expert");
    case "observer":
      return t("observer");
    default:
      return role satisfies never;
  }
}
