// What a reader is told of how long translations take: only what was measured, and only of the present.

import { describe, expect, test } from "vitest";
import { afterArrival, NOTHING_CAME, telling, type Arrivals } from "../src/core/arrival";
import type { EventFrame, StreamFrame } from "../src/core/frames";
import { STREAM } from "./fixtures";

const FEED = `${STREAM}.text.fr`;

function event(stream: string, at: number, kind: string, data: object): StreamFrame {
  return { type: "event", stream, seq: 1, at, by: null, words: {}, kind, data } as unknown as EventFrame;
}

const said = (key: string, at: number, lang = "es", stream = STREAM) =>
  event(stream, at, "contribution.made", { words: { key, lang, digest: "" }, member: "begona", turn: 1, scribe: null });
const noted = (key: string, at: number) =>
  event(STREAM, at, "note.made", { words: { key, lang: "es", digest: "" }, member: "begona", scribe: null });
const came = (of: string, at: number, status = "machine", stream = FEED) =>
  event(stream, at, "text.rendered", { of, key: `${of}.fr`, status, label: null });

function after(...frames: StreamFrame[]): Arrivals {
  return frames.reduce((seen, frame) => afterArrival(seen, frame, STREAM, "fr"), NOTHING_CAME);
}

describe("what is measured", () => {
  test("is from the saying to the telling, the middle of the last five", () => {
    const many = [900, 9000, 300, 400, 500, 600, 8000].flatMap((took, index) => [
      said(`w${index}`, index * 10_000),
      came(`w${index}`, index * 10_000 + took),
    ]);
    expect(telling(after(...many), 70_000, 1)).toEqual({ is: "about", seconds: 0.5 });
  });

  test("are notes too", () => {
    expect(telling(after(noted("w1", 0), came("w1", 1249)), 2000, 1)).toEqual({ is: "about", seconds: 1.2 });
  });

  test("is neither what was said in my language, nor elsewhere, nor before I read along", () => {
    const others = [said("w1", 0, "fr"), came("w1", 100), said("w2", 0, "es", "room.2"), came("w2", 100), came("w0", 100)];
    expect(telling(after(...others), 60_000, 1)).toBeNull();
  });

  test("is not what another language's readers got", () => {
    expect(telling(after(said("w1", 0), came("w1", 100, "machine", `${STREAM}.text.ca`)), 200, 1)).toBeNull();
  });

  test.each(["missing", "failed"])("is no translation that is %s", (status) => {
    expect(telling(after(said("w1", 0), came("w1", 100, status)), 60_000, 1)).toBeNull();
  });

  test("counts in the reader's time where civic time runs faster", () => {
    expect(telling(after(said("w1", 0), came("w1", 6000)), 7000, 10)).toEqual({ is: "about", seconds: 0.6 });
  });
});

describe("what is told", () => {
  test("is nothing before anything came", () => {
    expect(telling(after(said("w1", 0)), 3000, 1)).toBeNull();
  });

  test("is that translations are late while one has been awaited for long, and no longer than that", () => {
    const waiting = after(said("w0", 0), came("w0", 500), said("w1", 1000));
    expect(telling(waiting, 5000, 1)).toEqual({ is: "about", seconds: 0.5 });
    expect(telling(waiting, 5001, 1)).toEqual({ is: "late" });
    const there = afterArrival(waiting, came("w1", 13_400), STREAM, "fr");
    expect(telling(there, 13_500, 1)).toEqual({ is: "about", seconds: 12 });
  });

  test.each(["contribution.hidden", "contribution.withdrawn"])("forgets what nobody waits for any more: %s", (kind) => {
    expect(telling(after(said("w1", 0), event(STREAM, 10, kind, { words: "w1" })), 60_000, 1)).toBeNull();
  });

  test("forgets what came while the line was gone", () => {
    const back = { type: "snapshot", stream: FEED, seq: 9, at: 0, state: { rendered: { w1: {} } }, words: {} };
    expect(telling(after(said("w1", 0), back as unknown as StreamFrame), 60_000, 1)).toBeNull();
  });

  test("is of the last ten minutes, at least a tenth of a second, and in whole seconds from ten on", () => {
    const fast = after(said("w1", 0), came("w1", 1));
    expect([telling(fast, 600_001, 1), telling(fast, 600_002, 1)]).toEqual([{ is: "about", seconds: 0.1 }, null]);
    expect(telling(after(said("w1", 0), came("w1", 11_600)), 12_000, 1)).toEqual({ is: "about", seconds: 12 });
  });
});
