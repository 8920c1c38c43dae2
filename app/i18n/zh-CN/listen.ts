import { longDay } from "./dates.ts";

/** A stairwell's state, to be read aloud. */
export const listen = {
  title: "读给我听",
  link: "读给我听",
  start: "开始朗读",
  stop: "停下",
  back: "回到楼道页",
  text: "要读的话",
  /** In the order in which it is read. */
  sentences: ({ name, now, since, next, you, ask }: { name: string; now: string; since: string | null; next: string; you: string; ask: [who: string, phone: string] }) => [
    `${name}。`,
    `现在：${now}`,
    ...(since ? [`从 ${longDay(since)}起。`] : []),
    `下一步：${next}`,
    `您可以：${you}`,
    `有问题，请打电话给${ask[0]}：${ask[1]}。`,
  ],
} as const;
