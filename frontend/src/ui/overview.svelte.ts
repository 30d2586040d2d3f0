// The overview in words: what a room does now, what calls for somebody, and the one act that answers it.

import type { RoomSummary } from "../core/protocol";
import type { RoomAlert } from "../core/overview";
import { kindName } from "./steps.svelte";
import { left, n, passed, t } from "./text.svelte";

type Name = (member: string) => string;

/** What happens in the room now, with its time. */
export function nowSentence(line: RoomSummary | undefined, now: number, name: Name): string {
  if (!line) return t("The room is coming …");
  if (line.phase === "waiting") return t("not open yet");
  if (line.phase === "closed") return t("closed");
  const at = line.paused_at ?? now;
  const { speaker } = line;
  const who = speaker ? `${t("{name} speaks", { name: name(speaker.member) })} · ${faceOf(speaker, at)}` : t("nobody speaks");
  return line.paused_at === null ? who : `${t("paused")} · ${who}`;
}

function faceOf({ at: since, ends_at }: NonNullable<RoomSummary["speaker"]>, at: number): string {
  return ends_at === null ? passed(at - since) : left(ends_at - at);
}

/** Figures of an open room, each a few words. */
export function figures(line: RoomSummary, now: number, name: Name): string[] {
  const here = t("{count} of {all} here", { count: line.present, all: line.seats });
  if (line.phase !== "open") return [here];
  return [
    ...(line.step ? stepWords(line.step, now) : []),
    here,
    ...(line.hands ? [n("{count} hand up", "{count} hands up", line.hands)] : []),
    ...(line.silent ? [n("{count} has not spoken", "{count} have not spoken", line.silent)] : []),
    ...(line.owed && line.owed.ms >= 1000 ? [t("owed most: {name} {time}", { name: name(line.owed.member), time: passed(line.owed.ms) })] : []),
    ...(line.over && line.over.ms >= 1000 ? [t("most over: {name} {time}", { name: name(line.over.member), time: passed(line.over.ms) })] : []),
    ...(line.gini === null ? [] : [t("inequality {count} %", { count: line.gini })]),
  ];
}

function stepWords({ kind, ends_at, ready, is_done }: NonNullable<RoomSummary["step"]>, now: number): string[] {
  const time = ends_at > now ? left(ends_at - now) : t("Time is up");
  if (is_done) return [`${kindName(kind)} · ${t("This room is ready to move on.")}`];
  return [`${kindName(kind)} ${time}`, ...(ready ? [n("{count} person wants to move on.", "{count} people want to move on.", ready)] : [])];
}

export function alertText(alert: RoomAlert, now: number, name: Name): string {
  switch (alert.is) {
    case "help":
      return alert.call.answered_by
        ? t("{helper} looks after the call of {name}.", { helper: name(alert.call.answered_by), name: name(alert.call.member) })
        : t("{name} calls for help.", { name: name(alert.call.member) });
    case "unled":
      return t("The facilitator has gone.");
    case "waits":
      return t("{name} has been waiting for {time}.", { name: name(alert.member), time: passed(now - alert.at) });
    case "quiet":
      return t("{name} has not spoken for {time}.", { name: name(alert.member), time: passed(now - alert.at) });
    case "over":
      return t("{name} is over time: {time}.", { name: name(alert.member), time: passed(now - alert.at) });
    case "away":
      return t("{name} lost the connection {time} ago.", { name: name(alert.member), time: passed(now - alert.at) });
    case "idle":
      return t("Nobody has spoken for {time}.", { time: passed(now - alert.at) });
    case "translation":
      return n("{count} translation is doubtful or missing.", "{count} translations are doubtful or missing.", alert.count);
    default:
      return alert satisfies never;
  }
}

/** What the one button of an alert says. */
export function actName(alert: RoomAlert, me: string): string {
  switch (alert.is) {
    case "help":
      return alert.call.answered_by === me ? t("It is done") : t("I look after it");
    case "unled":
      return t("Take over");
    case "waits":
      return t("Give the floor");
    case "quiet":
      return t("Invite");
    case "over":
      return t("End the turn");
    case "away":
    case "idle":
    case "translation":
      return t("Open the console of this room");
    default:
      return alert satisfies never;
  }
}
