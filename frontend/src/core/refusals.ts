// A refusal as a sentence in the reader's language. What is said without a line is here from the start.

import { t } from "./i18n";
import type { Refusal } from "./outbox";

const WITHOUT_A_LINE: Readonly<Record<string, () => string>> = {
  "poll.offline": () => t("No connection. Your answer has not been sent. Please try again."),
  "live.too_many_sockets": () => t("You have this open in too many windows. Close some of them."),
  unreachable: () => t("No connection. Nothing was sent. Please try again."),
  offline: () => t("No connection. Your vote has not been sent. Please try again."),
};

export async function sentenceFor({ code, params }: Refusal): Promise<string> {
  const known = WITHOUT_A_LINE[code];
  if (known) return known();
  const { SENTENCES } = await import("./sentences").catch(() => ({ SENTENCES: {} as Readonly<Record<string, (params: Refusal["params"]) => string>> }));
  return SENTENCES[code]?.(params) ?? t("That did not work. Please try again.");
}
