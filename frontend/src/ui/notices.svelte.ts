// What the facilitator did, in a sentence for everybody: a departure from the rule is never silent.

import type { EventFrame } from "../core/frames";
import { n, t } from "./text.svelte";

/** A sentence for an act of the chair; null for everything else. `name` finds the name of a member. */
export function noticeOf(frame: EventFrame, name: (member: string) => string): string | null {
  switch (frame.kind) {
    case "turn.started":
      return frame.data.departs ? t("The facilitator called {name} out of the usual order.", { name: name(frame.data.member) }) : null;
    case "turn.extended":
      return n(
        "The facilitator gave {name} {count} second more.",
        "The facilitator gave {name} {count} seconds more.",
        frame.data.seconds,
        { name: name(frame.data.member) },
      );
    case "turn.ended":
      return frame.data.reason === "chair" ? t("The facilitator ended the turn of {name}.", { name: name(frame.data.member) }) : null;
    case "hand.lowered":
      return frame.data.reason === "skipped" ? t("The facilitator passed over {name} for now.", { name: name(frame.data.member) }) : null;
    case "floor.paused":
      return t("The facilitator paused the room. Nobody loses time.");
    case "floor.resumed":
      return t("The room goes on.");
    case "floor.changed":
      return t("The facilitator changed how people take turns.");
    case "member.muted":
      return t("The facilitator silenced {name} for now.", { name: name(frame.data.member) });
    case "member.unmuted":
      return t("{name} may speak again.", { name: name(frame.data.member) });
    case "member.removed":
      return t("The facilitator sent {name} out of the room.", { name: name(frame.data.member) });
    case "member.readmitted":
      return t("{name} may come in again.", { name: name(frame.data.member) });
    case "item.opened":
      return t("The next agenda item begins. Everybody's time starts again at zero.");
    default:
      return null;
  }
}
