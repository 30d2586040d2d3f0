// What the facilitator did, in a sentence for everybody: a departure from the rule is never silent.

import type { EventFrame, StreamEvent } from "../core/frames";
import type { FloorState, Limits, RoomEvent } from "../core/protocol";
import { modeName } from "./floorwords.svelte";
import { n, passed, t } from "./text.svelte";

export type Rules = Pick<FloorState, "mode" | "limits">;

/** What is no act of the chair, or stands on the screen by itself. Whatever a room learns is here or has a sentence. */
type Silent =
  | Exclude<StreamEvent["kind"], RoomEvent["kind"]>
  | "seat.given" | "seat.taken" | "time.brought" | "room.opened" | "room.closed" | "reopening.prolonged"
  | "contribution.made" | "note.made" | "contribution.corrected" | "suggestion.made" | "suggestion.accepted" | "suggestion.declined" | "translation.flagged"
  | "hand.raised" | "floor.held" | "offer.accepted" | "offer.prolonged" | "turn.limited" | "turn.wrapping"
  | "floor.opened" | "floor.closed" | "group.compensated" | "lag.changed" | "invitations.stopped" | "invitations.allowed"
  | "member.arrived" | "member.left" | "speech.started" | "speech.stopped"
  | "draft.begun" | "draft.written" | "draft.accepted" | "draft.released" | "draft.submitted" | "dissent.raised" | "dissent.shared" | "dissent.left"
  | "step.taken" | "step.timed" | "ready.declared" | "ready.withdrawn" | "step.left"
  | "finding.written" | "finding.dropped" | "finding.accepted" | "finding.released" | "finding.agreed"
  | "option.offered" | "poll.prolonged" | "exclusion.answered" | "exclusion.supported" | "exclusion.prolonged"
  | "point.added" | "point.moved" | "point.dropped";

/** A sentence for an act of the chair; null for everything else. `name` finds the name of a member, `before` is how turns were taken until then. */
export function noticeOf(frame: EventFrame, name: (member: string) => string, before: Rules | null = null): string | null {
  switch (frame.kind) {
    case "floor.offered":
      return frame.data.departs ? t("The facilitator called {name} out of the usual order.", { name: name(frame.data.member) }) : null;
    case "offer.lapsed":
      return frame.data.reason === "skipped" ? t("The facilitator passed over {name} for now.", { name: name(frame.data.member) }) : null;
    case "turn.started":
      return frame.data.departs ? t("The facilitator called {name} out of the usual order.", { name: name(frame.data.member) }) : null;
    case "turn.suspended":
      return t("A question to {name}, whose time stands still meanwhile.", { name: name(frame.data.member) });
    case "turn.resumed":
      return t("{name} goes on.", { name: name(frame.data.member) });
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
      return changed(frame.data, before);
    case "round.started":
      return t("A round begins: everybody is asked once and may pass.");
    case "round.ended":
      return t("The round is over.");
    case "list.closed":
      return t("The facilitator closed the list of speakers for this item.");
    case "list.opened":
      return t("The facilitator opened the list of speakers again.");
    case "hand.advanced":
      return t("The facilitator put the hand of {name} first.", { name: name(frame.data.member) });
    case "time.corrected":
      return corrected(frame.data, name);
    case "group.formed":
      return frame.data.members.length
        ? t("The facilitator gave the group {group} a time to share.", { group: frame.data.group })
        : t("The facilitator dissolved the group {group}.", { group: frame.data.group });
    case "pace.changed":
      return t("The facilitator changed the length of turns by language.");
    case "member.muted":
      return t("The facilitator silenced {name} for now.", { name: name(frame.data.member) });
    case "member.unmuted":
      return t("{name} may speak again.", { name: name(frame.data.member) });
    case "member.removed":
      return frame.data.rule ? null : t("The facilitator sent {name} out of the room.", { name: name(frame.data.member) });
    case "hand.brought":
      return t("{name} comes from another room with a raised hand.", { name: name(frame.data.hand.member) });
    case "member.readmitted":
      return t("{name} may come in again.", { name: name(frame.data.member) });
    case "room.locked":
      return t("The facilitator locked the room: nobody else comes in.");
    case "room.unlocked":
      return t("The facilitator unlocked the room.");
    case "contribution.hidden":
      return t("The facilitator hid something that was said: {reason}.", { reason: hideReason(frame.data.reason) });
    case "contribution.restored":
      return t("The facilitator shows again what was hidden.");
    case "contribution.withdrawn":
      return t("Somebody took back what they had said.");
    case "poll.opened":
      return frame.data.draft ? t("The room is asked how warm it is towards a draft.") : t("The facilitator asks the room something.");
    case "poll.closed":
      return t("The question to the room is closed.");
    case "step.extended":
      return t("The facilitator gave this room more time for this step.");
    case "step.done":
      return frame.data.reason === "chair" ? t("The facilitator says that this room is ready for the next step.") : null;
    case "exclusion.allowed":
      return t("From now on the others may send somebody out of the room.");
    case "exclusion.forbidden":
      return t("From now on only the facilitator sends somebody out of the room.");
    case "exclusion.proposed":
      return t("{proposer} proposes to send {name} out of the room.", { proposer: name(frame.data.proposer), name: name(frame.data.member) });
    case "exclusion.ended":
      return frame.data.carried
        ? t("The others sent {name} out of the room.", { name: name(frame.data.member) })
        : t("{name} stays: not enough agreed.", { name: name(frame.data.member) });
    case "item.opened":
      return t("The next agenda item begins. Everybody's time starts again at zero.");
    default:
      frame.kind satisfies Silent;
      return null;
  }
}

/** What is new of mode and limits; the other limits are one sentence together. */
function changed({ mode, limits }: Rules, before: Rules | null): string | null {
  const names = Object.keys(limits) as (keyof Limits)[];
  const others = before !== null && names.some((each) => each !== "turn_ms" && limits[each] !== before.limits[each]);
  const said = [
    before?.mode === mode ? null : t("The facilitator changed how people take turns: {mode}.", { mode: modeName(mode) }),
    before === null || before.limits.turn_ms === limits.turn_ms ? null : t("The facilitator set the length of a turn to {time}.", { time: passed(limits.turn_ms) }),
    others ? t("The facilitator changed other limits of turns.") : null,
  ].filter((each) => each !== null);
  return said.length ? said.join(" ") : null;
}

type Correction = Extract<EventFrame, { kind: "time.corrected" }>["data"];

function corrected({ member, ms, reason }: Correction, name: (member: string) => string): string {
  const said = { name: name(member), count: Math.round(Math.abs(ms) / 1000), reason: reasonName(reason) };
  return ms < 0
    ? t("The facilitator counted {count} s less for {name}: {reason}.", said)
    : t("The facilitator counted {count} s more for {name}: {reason}.", said);
}

/** Why what was counted for somebody is put right. */
export function reasonName(reason: Correction["reason"]): string {
  switch (reason) {
    case "machine":
      return t("the machine or the line failed");
    case "interpretation":
      return t("it took time to understand each other");
    case "mistake":
      return t("a mistake in the counting");
    default:
      return reason satisfies never;
  }
}

type Hiding = Extract<EventFrame, { kind: "contribution.hidden" }>["data"];

/** Why words are hidden. */
export function hideReason(reason: Hiding["reason"]): string {
  switch (reason) {
    case "insult":
      return t("it insults somebody");
    case "private":
      return t("it tells private things about somebody");
    case "unlawful":
      return t("it may be unlawful");
    case "unrelated":
      return t("it has nothing to do with the matter");
    case "mistake":
      return t("it was sent by mistake");
    default:
      return reason satisfies never;
  }
}
