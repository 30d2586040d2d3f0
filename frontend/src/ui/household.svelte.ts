// The seats of others who share this device: kept by lines of their own while this page is open, if they ask for it.

import { household, setting } from "../core/keep";
import { browserWorld, Line } from "../core/socket";
import { socketAddress } from "./live.svelte";

const DEVICE = "device";
const NOTHING = () => undefined;

export type Household = ReturnType<typeof makeHousehold>;

export function makeHousehold(stream: () => string) {
  let members = $state.raw(household.read());
  let isShared = $state.raw(setting.read(DEVICE, "shared") === "yes");
  const lines = new Map<string, Line>();

  function keep(keys: readonly string[]): void {
    household.write(keys);
    members = household.read();
  }

  function leave(key: string): void {
    lines.get(key)?.close();
    lines.delete(key);
  }

  /** Present through a line like any other; whoever is signed out here is forgotten. */
  function sit(key: string): void {
    const heard = {
      status: ({ is }: { is: string }) => {
        if (is !== "ended") return;
        leave(key);
        keep(members.filter((each) => each !== key));
      },
      frame: NOTHING,
      clock: NOTHING,
    };
    const line = new Line(socketAddress(`/m/${key}/live`), heard, browserWorld);
    line.subscribe(stream());
    lines.set(key, line);
  }

  return {
    get members() {
      return members;
    },
    get isShared() {
      return isShared;
    },
    share(yes: boolean): void {
      isShared = yes;
      setting.write(DEVICE, "shared", yes ? "yes" : "no");
    },
    /** Hold exactly these seats. */
    seat(keys: readonly string[]): void {
      const wanted = isShared ? keys : [];
      for (const key of [...lines.keys()]) if (!wanted.includes(key)) leave(key);
      for (const key of wanted) if (!lines.has(key)) sit(key);
    },
  };
}
