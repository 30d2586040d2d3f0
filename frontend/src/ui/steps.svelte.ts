// What a step of the run of show is called, and what is said of it.

import { passage, type Passage } from "../core/passages";
import type { Place } from "../core/sitting";
import type { Live } from "./live.svelte";
import type { AgendaStep } from "../core/protocol";
import { n, t } from "./text.svelte";

/** The kind of a step in a word or two. */
export function kindName(kind: AgendaStep["plan"]["kind"]): string {
  switch (kind) {
    case "introduction":
      return t("Introduction");
    case "round":
      return t("Round: everybody once");
    case "discussion":
      return t("Discussion");
    case "exercise":
      return t("Exercise");
    case "draft":
      return t("Drafting");
    case "temperature":
      return t("Temperature check");
    case "vote":
      return t("Vote to move on");
    case "break":
      return t("Break");
    default:
      return kind satisfies never;
  }
}

/** The title of a step as this reader gets it, if it has one. */
export function titleOf(live: Live, step: AgendaStep): Passage | null {
  const found = step.title ? passage(live.sight, live.boot.sitting ?? "", live.reads, step.title) : null;
  return found?.state === "erased" ? null : found;
}

/** What everybody hears when a step begins. */
export function beginning(live: Live, place: Place): string {
  const values = { number: place.number, count: place.of, name: titleOf(live, place.step)?.text ?? kindName(place.step.plan.kind) };
  const minutes = Math.round(place.step.plan.planned_ms / 60_000);
  return `${t("Step {number} of {count}: {name}.", values)} ${n("{count} minute.", "{count} minutes.", minutes)}`;
}
