// What somebody who looks after many rooms can do from the overview, without opening them.

import { returnRoom, takeRoom, type Reply } from "../core/doors";
import type { RoomAlert } from "../core/overview";
import { sentenceFor } from "../core/refusals";
import type { Acts } from "./acts.svelte";
import type { Live } from "./live.svelte";

export type Desk = ReturnType<typeof makeDesk>;

/** `open` shows a room on this screen; what is refused is said by `acts`, which acts on the stream of the chairs. */
export function makeDesk(live: Live, acts: Acts, open: (room: number) => void) {
  const { boot } = live;
  const streamOf = (room: number) => boot.rooms.find(({ id }) => id === room)?.stream ?? "";

  async function inRoom(room: number, name: "floor.give" | "turn.end" | "floor.pause" | "floor.resume" | "room.open", fields: object) {
    acts.dismiss();
    const answer = await live.act(streamOf(room), name, fields as never);
    if (answer.is === "refused") acts.say(await sentenceFor(answer));
  }

  async function lead(reply: Reply, then: () => void): Promise<void> {
    if (reply.is === "refused") return acts.say(await sentenceFor(reply));
    if (boot.chairs) live.renew(boot.chairs);
    then();
  }

  return {
    open,
    pause: (room: number) => inRoom(room, "floor.pause", {}),
    resume: (room: number) => inRoom(room, "floor.resume", {}),
    begin: (room: number) => inRoom(room, "room.open", {}),
    take: async (room: number) => lead(await takeRoom(boot, room), () => open(room)),
    giveBack: async (room: number) => lead(await returnRoom(boot, room), () => undefined),

    /** The one act of an alert. */
    async answer(alert: RoomAlert): Promise<void> {
      const { room } = alert;
      if (alert.is === "help") {
        const isMine = alert.call.answered_by === live.me;
        const answer = await acts.act(isMine ? "help.close" : "help.answer", { call: alert.call.call });
        if (answer.is === "done" && !isMine && room !== null && alert.isMine) open(room);
      } else if (room === null) return;
      else if (alert.is === "unled") await this.take(room);
      else if (alert.is === "waits" || alert.is === "quiet") await inRoom(room, "floor.give", { member: alert.member });
      else if (alert.is === "over") await inRoom(room, "turn.end", {});
      else open(room);
    },
  };
}
