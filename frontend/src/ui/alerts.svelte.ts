// What calls for a facilitator, in a sentence.

import type { Alert } from "../core/glance";
import { n, passed, t } from "./text.svelte";

export function alertSentence(alert: Alert, name: (member: string) => string): string {
  switch (alert.is) {
    case "waits":
      return t("{name} has been waiting for {time}.", { name: name(alert.member), time: passed(alert.ms) });
    case "silent":
      return t("{name} has not spoken for {time}.", { name: name(alert.member), time: passed(alert.ms) });
    case "idle":
      return t("Nobody has spoken for {time}.", { time: passed(alert.ms) });
    case "translation":
      return n("{count} text could not be translated.", "{count} texts could not be translated.", alert.count);
    default:
      return alert satisfies never;
  }
}
