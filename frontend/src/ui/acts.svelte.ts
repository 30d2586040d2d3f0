// Acting on one stream: what was refused is said in a sentence, where the act was.

import type { Answer, CommandName } from "../core/outbox";
import type { Commands } from "../core/protocol";
import { sentenceFor } from "../core/refusals";
import type { Live } from "./live.svelte";

const SHOWN_MS = 9000;

export type Acts = ReturnType<typeof makeActs>;

export function makeActs(live: Live, stream: () => string) {
  let refusal = $state.raw<string | null>(null);
  let pending = $state.raw(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(sentence: string | null): void {
    clearTimeout(timer);
    refusal = sentence;
    if (sentence) timer = setTimeout(() => (refusal = null), SHOWN_MS);
  }

  return {
    get refusal() {
      return refusal;
    },
    get isBusy() {
      return pending > 0;
    },
    dismiss: () => say(null),
    say,
    async act<Name extends CommandName>(name: Name, fields: Commands[Name]): Promise<Answer> {
      say(null);
      pending += 1;
      const answer = await live.act(stream(), name, fields);
      pending -= 1;
      if (answer.is === "refused") say(await sentenceFor(answer));
      return answer;
    },
  };
}
