// What this page knows of the assembly, as reactive values, and the one way to act on it.

import { getContext } from "svelte";
import { CivicClock } from "../core/clock";
import { textFeed, type Boot, type Shown, type StreamFrame } from "../core/frames";
import { setting } from "../core/keep";
import type { Answer, CommandName } from "../core/outbox";
import type { Commands } from "../core/protocol";
import { afterFrame, NOTHING, without, type Sight } from "../core/sight";
import { browserWorld, Line, type Status } from "../core/socket";
import { speak } from "./text.svelte";

const TICK_MS = 250;

export type Self = Pick<Boot["member"], "key" | "speaks" | "reads">;
export type Live = ReturnType<typeof makeLive>;
const LIVE = Symbol("live");

/** What this page knows, for every component in it. */
export function useLive(): Live {
  return getContext<Live>(LIVE);
}

export function liveContext(live: Live): Map<unknown, unknown> {
  return new Map([[LIVE, live]]);
}

export function makeLive(boot: Boot) {
  const civic = new CivicClock();
  const readFeeds = new Set<string>();
  const heard: ((frame: StreamFrame) => void)[] = [];
  let sight = $state.raw<Sight>(NOTHING);
  let status = $state.raw<Status>({ is: "connecting" });
  let now = $state.raw(civic.now());
  let tick = $state.raw(performance.now());
  let reads = $state.raw(chosenLanguage(boot));
  let wasLost = $state.raw(false);
  let missed = $state.raw(0);
  let represented = $state.raw<Self | null>(null);

  const line = new Line(socketAddress(boot.socket), { status: changed, frame: took, clock: timed }, browserWorld);
  setInterval(timed, TICK_MS);
  addEventListener("online", () => line.retry());

  function timed(civicNow?: number, rate?: number, roundTrip?: number): void {
    if (civicNow !== undefined && rate !== undefined) civic.sync(civicNow, rate, roundTrip);
    now = civic.now();
    tick = performance.now();
  }

  function changed(next: Status): void {
    if (next.is === "lost" && status.is !== "lost" && status.is !== "connecting") [wasLost, missed] = [true, 0];
    status = next;
  }

  function took(frame: StreamFrame): void {
    sight = afterFrame(sight, frame);
    if (wasLost && frame.type === "event" && frame.kind === "contribution.made") missed += 1;
    if (frame.type === "event" && frame.kind === "contribution.restored") readAgain(frame.stream);
    for (const listener of heard) listener(frame);
  }

  /** Words shown again bring their original; the translations stand in the feed from its beginning. */
  function readAgain(stream: string): void {
    if (readFeeds.has(stream)) line.subscribe(textFeed(stream, reads));
  }

  return {
    boot,
    /** Whose room this is: the member's own, or that of the person for whom the member types now. */
    get self() {
      return represented ?? boot.member;
    },
    get me() {
      return represented?.key ?? boot.member.key;
    },
    /** Where unsent words of this name are kept: several people may write in one tab. */
    place: (name: string) => `${represented?.key ?? boot.member.key}:${name}`,
    /** From now on act for this person, or for oneself. */
    actFor: (person: Self | null) => void (represented = person),
    get sight() {
      return sight;
    },
    get status() {
      return status;
    },
    /** Civic milliseconds. */
    get now() {
      return now;
    },
    /** How much faster civic time runs than the clock on the wall; 1 but in a rehearsal. */
    get rate() {
      return civic.rate;
    },
    /** Milliseconds until the next try to connect. */
    get retryIn() {
      return status.is === "lost" ? Math.max(0, status.retryAt - tick) : 0;
    },
    get reads() {
      return reads;
    },
    get hasReturned() {
      return wasLost && (status.is === "live" || status.is === "slow");
    },
    get missed() {
      return missed;
    },
    dismissReturn: () => (wasLost = false),

    /** Follow a room or plenary; with `texts` also what it says in my language. Safe to repeat. */
    follow(stream: string, texts = true): void {
      if (!sight.rooms[stream] && !sight.plenaries[stream] && !sight.sittings[stream] && !sight.chairs[stream]) line.subscribe(stream);
      if (!texts || readFeeds.has(stream)) return;
      readFeeds.add(stream);
      line.subscribe(textFeed(stream, reads));
    },
    /** No longer follow a room, nor its texts. */
    leave(stream: string): void {
      if (readFeeds.delete(stream)) line.unsubscribe(textFeed(stream, reads));
      line.unsubscribe(stream);
      sight = without(sight, stream);
    },
    /** Ask anew for a stream that is followed, because what I may do there has changed. */
    renew: (stream: string) => line.subscribe(stream, sight.chairs[stream]?.seq ?? null),
    /** How my own calls for help stand, as an answer said. */
    learnCalls: (calls: Sight["calls"]) => void (sight = { ...sight, calls }),
    /** Read in another language: another feed and its backlog, and the interface where it speaks that language. */
    read(lang: string): void {
      if (lang === reads) return;
      for (const stream of readFeeds) {
        line.unsubscribe(textFeed(stream, reads));
        line.subscribe(textFeed(stream, lang));
      }
      reads = lang;
      setting.write(boot.member.key, "reads", `${boot.member.reads} ${lang}`);
      void speakLike(boot, lang);
    },
    /** Puts a text into an element, and its terms with what they mean as soon as that is known. */
    explained({ text, lang }: Shown): (element: Element) => void {
      const address = `${boot.glossary}${lang}/?reads=${reads}`;
      return (element) => {
        element.textContent = text;
        void import("./explained").then(({ explain }) => explain(element, text, address));
      };
    },
    /** Hear every frame; the function that is returned ends it. */
    onFrame(listener: (frame: StreamFrame) => void): () => void {
      heard.push(listener);
      return () => void heard.splice(heard.indexOf(listener), 1);
    },
    act<Name extends CommandName>(stream: string, name: Name, fields: Commands[Name]): Promise<Answer> {
      if (!represented) return line.command(stream, name, fields);
      const act = { is: name, ...fields } as Commands["scribe.act"]["act"];
      return line.command(stream, "scribe.act", { member: represented.key, act });
    },
    signal: (stream: string, name: string, text: string, lang: string) => line.signal(stream, name, text, lang),
    retry: () => line.retry(),
    /** The line itself, for what carries bytes. */
    line,
  };
}

/** The interface in this language, if it speaks it. */
export function speakLike(boot: Boot, lang: string): Promise<void> {
  const known = boot.languages.find(({ code }) => code === lang);
  const address = known?.catalogue ?? (lang === boot.language ? boot.catalogue : null);
  return speak(lang, known?.direction ?? "ltr", address);
}

/** The language chosen on this device, until another one is chosen for the member. */
function chosenLanguage({ member }: Boot): string {
  const [before, chosen] = (setting.read(member.key, "reads") ?? "").split(" ");
  return before === member.reads && chosen ? chosen : member.reads;
}

export function socketAddress(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
