// How this member wants to be called on this device, and the calling.

import { setting } from "../core/keep";
import { Summons } from "../core/summons";

const summons = new Summons();

export type Wishes = ReturnType<typeof makeWishes>;

/** What one member has asked for in this browser; nothing until asked. */
export function makeWishes(member: string) {
  const heard = setting.read(member, "tone") === "on";
  let hears = $state(heard);
  let feels = $state(setting.read(member, "shake") === "on");
  if (heard) addEventListener("pointerdown", () => summons.unlock(), { once: true });
  return {
    get hears() {
      return hears;
    },
    set hears(wish: boolean) {
      hears = wish;
      setting.write(member, "tone", wish ? "on" : "off");
      if (!wish) return;
      summons.unlock();
      summons.sound();
    },
    get feels() {
      return feels;
    },
    set feels(wish: boolean) {
      feels = wish;
      setting.write(member, "shake", wish ? "on" : "off");
      if (wish) summons.shake();
    },
    call(): void {
      if (hears) summons.sound();
      if (feels) summons.shake();
    },
  };
}
