// The floor in words: modes, classes of hands, tags, and why somebody is called.

import type { Account, FloorState, Request } from "../core/protocol";
import { t } from "./text.svelte";

type Mode = FloorState["mode"];

export const MODES: readonly Mode[] = ["balanced", "open", "strict", "chaired", "free"];

export function modeName(mode: Mode): string {
  switch (mode) {
    case "balanced":
      return t("balanced");
    case "open":
      return t("open");
    case "strict":
      return t("strict");
    case "chaired":
      return t("chaired");
    case "round":
      return t("round");
    case "free":
      return t("free");
    default:
      return mode satisfies never;
  }
}

/** What a mode means for everybody in the room. */
export function modeSentence(mode: Mode): string {
  switch (mode) {
    case "balanced":
      return t("Who has had less time comes first; those who are quiet are invited.");
    case "open":
      return t("Who has had less time comes first; nobody is invited.");
    case "strict":
      return t("Who has had less time comes first, and nobody speaks past one and a half equal parts of the planned time.");
    case "chaired":
      return t("The facilitator calls each speaker; the rule only suggests.");
    case "round":
      return t("Everybody is asked once and may pass.");
    case "free":
      return t("Anybody speaks; the time is only counted.");
    default:
      return mode satisfies never;
  }
}

/** What kind of hand it is; nothing for the usual one. */
export function kindName(kind: Request["kind"]): string {
  switch (kind) {
    case "interposed":
      return t("question to the speaker");
    case "intervention":
      return t("short statement");
    case "order":
      return t("point of order");
    case "reply":
      return t("wants to reply");
    case "normal":
      return "";
    default:
      return kind satisfies never;
  }
}

export function tagName(tag: NonNullable<Request["tag"]>): string {
  switch (tag) {
    case "for":
      return t("for");
    case "against":
      return t("against");
    case "contribution":
      return t("contribution");
    case "question":
      return t("question");
    default:
      return tag satisfies never;
  }
}

/** What stands beside a name in the queue. */
export function handMarks(request: Pick<Request, "kind" | "tag" | "ahead">, account: Account | undefined): string[] {
  return [
    kindName(request.kind),
    request.tag ? tagName(request.tag) : "",
    account?.total_turns === 0 ? t("first contribution") : "",
    request.ahead ? t("put first by the facilitator") : "",
  ].filter(Boolean);
}
