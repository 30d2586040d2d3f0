// The tone that calls somebody: two notes, and none before the page was touched.

import { expect, test } from "vitest";
import { Summons } from "../src/core/summons";

function aWorld() {
  const played: number[] = [];
  const gain = { gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined }, connect: () => undefined };
  const makeTone = () => {
    const tone = { frequency: { value: 0 }, connect: () => gain, start: () => played.push(tone.frequency.value), stop: () => undefined };
    return tone;
  };
  const context = { state: "running", currentTime: 0, destination: {}, createGain: () => gain, createOscillator: makeTone };
  return { played, world: { makeContext: () => context as unknown as AudioContext, vibrate: () => undefined } };
}

test("a page that nobody has touched stays silent", () => {
  const { played, world } = aWorld();
  new Summons(world).sound();
  expect(played).toEqual([]);
});

test("two notes, the second higher", () => {
  const { played, world } = aWorld();
  const summons = new Summons(world);
  summons.unlock();
  summons.sound();
  expect(played).toEqual([660, 880]);
});
