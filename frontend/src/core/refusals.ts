// A refusal as a sentence in the reader's language: what is not possible, and what is.

import { n, t } from "./i18n";
import type { Refusal } from "./outbox";

type Sentence = (params: Refusal["params"]) => string;
const limit = (params: Refusal["params"]) => Number(params["limit"] ?? 0);

const SENTENCES: Readonly<Record<string, Sentence>> = {
  "floor.cap_reached": () => t("You have used the time one person may have on this item. Send a note, or ask the facilitator."),
  "floor.closed": () => t("The room is not open yet."),
  "floor.list_closed": () => t("The list of speakers is closed for this item. You may still raise a point of order, or send a note."),
  "floor.muted": () => t("The facilitator has paused your right to speak. Ask them if you do not know why."),
  "floor.no_hand": () => t("This person’s hand is no longer up."),
  "floor.no_queue": () => t("In this room nobody needs to ask for the floor. Just speak."),
  "floor.nobody_speaks": () => t("Nobody has the floor now."),
  "floor.not_offered": () => t("This offer is over. Raise your hand again."),
  "floor.not_present": () => t("This person is not here now."),
  "floor.not_yours": () => t("Only the person who has the floor can speak now. Raise your hand, or send a note."),
  "floor.orders_used": (p) => n("You have used your point of order.", "You have used your {count} points of order.", limit(p)),
  "floor.paused": () => t("The room is paused. Please wait a moment."),
  "floor.taken": () => t("Somebody has the floor. End that turn first."),
  "help.closed": () => t("This call for help is done already."),
  "help.taken": () => t("Somebody else looks after this call already."),
  "help.too_many": (p) => n("You have called {count} time; somebody will come.", "You have called {count} times; somebody will come.", limit(p)),
  "room.is_led": (p) => t("{name} leads this room.", { name: String(p["name"] ?? "") }),
  "room.not_open": () => t("The room is not open."),
  "room.over": (params) => t("It can be opened again for {minutes} minutes after closing. This room has ended: make another.", params),
  "room.not_seated": () => t("You have no place in this room."),
  "room.not_yourself": () => t("You cannot send yourself out."),
  "room.locked": () => t("This room is locked for now. The facilitator opens it again."),
  "said.not_yours": () => t("Only who said something can take it back."),
  "said.unknown": () => t("This was not said here."),
  "said.withdrawn": () => t("Its author has taken this back."),
  "poll.already_answered": () => t("Your answer is in already. Each person answers once."),
  "poll.closed": () => t("This question is closed."),
  "poll.not_yours": () => t("Only those who speak in this room answer."),
  "poll.offline": () => t("No connection. Your answer has not been sent. Please try again."),
  "poll.one_at_a_time": () => t("A question is open already. Close it first."),
  "exclusion.not_heard": () => t("The person is heard first. You can agree in a moment."),
  "exclusion.not_yours": () => t("Only those who are here and take turns can do this."),
  "exclusion.once": () => t("This was proposed already, or another proposal goes on."),
  "exclusion.over": () => t("This proposal is over."),
  "exclusion.too_few": (p) => t("At least {fewest} others must be here.", { fewest: Number(p["fewest"] ?? 0) }),
  "draft.closed": () => t("This draft has gone to the plenary and can no longer be changed."),
  "draft.no_majority": () => t("More than half of those present must agree first."),
  "draft.not_yours": () => t("Only those who speak in this room can write drafts."),
  "draft.outdated": () => t("Somebody saved a newer version while you were writing. Your text is still here."),
  "draft.too_many": () => t("This room has as many drafts as it can hold."),
  "step.bad_extension": () => t("This room has stayed as long as it can."),
  "step.over": () => t("This step is over."),
  "sitting.no_instruction": () => t("Write what people are to do in the exercise."),
  "sitting.not_running": () => t("The sitting is not going on."),
  "sitting.no_steps": () => t("There is no run of show yet. An organiser plans it."),
  "sitting.no_rooms": () => t("There are no rooms to open."),
  "text.empty": () => t("Please write something first."),
  "text.too_long": (p) => n("This is too long: at most {count} character.", "This is too long: at most {count} characters.", limit(p)),
  "rate.too_many": () => t("That was too fast. Wait a moment and try again."),
  "command.not_yours": () => t("You may not do this here."),
  "motion.closed": () => t("The vote is closed. What you sent came too late; an earlier vote of yours counts."),
  "motion.not_open": () => t("This vote is not open yet."),
  "ballot.not_entitled": () => t("You are not entitled to vote on this motion."),
  "ballot.already_cast": () => t("You have voted already. This kind of vote cannot be changed."),
  "live.too_many_sockets": () => t("You have this open in too many windows. Close some of them."),
  unreachable: () => t("No connection. Nothing was sent. Please try again."),
  offline: () => t("No connection. Your vote has not been sent. Please try again."),
};

export function sentenceFor({ code, params }: Refusal): string {
  return SENTENCES[code]?.(params) ?? t("That did not work. Please try again.");
}
