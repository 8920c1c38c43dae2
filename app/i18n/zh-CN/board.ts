/** Words of the clerk's board that only scripts say: keys, saving, what others do; and of finding a flat. */
export const board = {
  find: "找一户",
  findHint: "室号，例如 502",
  go: "去",
  found: (typed: string) => `“${typed}”有好几户，选一户`,
  notFound: (typed: string) => `清册里没有“${typed}”`,
  stairwells: (shown: string, count: number) => `${shown}　换一个楼道（共 ${count} 个）`,
  stairwell: (name: string, returned: number, flats: number) => `${name}　${returned}／${flats} 户已录`,
  stairwellDone: (name: string) => `${name}全部录完`,
  nextStairwell: (name: string) => `去${name}`,

  recorded: (room: string, choice: string, seq: number) => `${room} 室 ${choice} 已记录，第 ${seq} 张`,
  receipt: (receipt: string) => `回执号 ${receipt}`,
  saving: (room: string, choice: string) => `正在保存 ${room} 室 ${choice}`,
  lastTitle: "刚录的一张",
  last: (room: string, choice: string, seq: number) => `${room} 室　${choice}，第 ${seq} 张`,
  undoneBefore: (room: string) => `${room} 室的票已撤回，可以重新录`,
  undone: (room: string, choice: string) => `${room} 室 ${choice} 已撤回，可以重新录`,
  undo: "撤回这一张",
  notNow: {
    "no-flat": "先选一户",
    saving: "上一张还在保存，这一下没有记",
    "too-soon": "按得太快，这一下没有记。看清室号再按",
    unsaved: "有一张还没有保存，先再试一次或放弃",
  },
  nothingToUndo: "没有可以撤回的",
  notUndone: (room: string) => `${room} 室没有撤回：连不上服务器`,
  channelNow: (channel: string) => `来源：${channel}`,

  refused: (room: string) => `${room} 室：没有记录`,
  unsaved: (room: string, choice: string) => `${room} 室 ${choice}：没有保存`,
  why: {
    silent: "连不上服务器，不知道存了没有。再试一次不会重复记。",
    "signed-out": "登录已过期。请在新窗口登录，再回来重试，不会重复记。",
  },
  signIn: "去登录",
  again: "再试一次",
  drop: "放弃这一张",

  live: {
    lost: "和服务器断开了，同事的录入暂时看不到，正在重连。",
    ended: "登录已过期，这一页不再更新。登录后刷新。",
  },

  keys: "键盘",
  keyList: [
    ["1　2　3", "同意、不同意、弃权：马上保存，到下一户"],
    ["↑　↓　←　→", "换一户"],
    ["/ 或 G", "输入室号，回车到这一户"],
    ["P　A　X", "来源：纸质票、代填、代理人"],
    ["U", "撤回刚录的一张（十分钟内）"],
    ["R", "没有保存的再试一次"],
    ["?", "打开、收起这张表"],
    ["Esc", "离开"],
  ],
  keyColumns: ["键", "做什么"],
} as const;
