/** Words that the components themselves need, whatever page they stand on. */
export const ui = {
  reach: { past: "，已完成", here: "，现在在这一步", ahead: "，还没到" },
  field: { optional: "（可不填）", wrong: "要改：" },
  errors: { title: (count: number) => `有 ${count} 处要改` },
  question: { progress: (at: number, of: number) => `第 ${at} 步，共 ${of} 步`, back: "上一步" },
  /** What waits on the phone for a network. */
  kept: {
    signedOut: "登录已经过期。重新登录后会自动发送。",
    refused: (reason: string) => `没有被收下：${reason}`,
    signIn: "重新登录",
    again: "现在再发一次",
    forget: "不要这一份了",
  },
  search: { button: "查找" },
  pager: {
    label: "翻页",
    previous: "上一页",
    next: "下一页",
    place: (page: number, pages: number) => `第 ${page} 页，共 ${pages} 页`,
  },
  receipt: { number: "回执号", next: "接下来", keep: "请记下回执号，拍照或打印本页都可以。" },
  board: {
    floor: (floor: number) => `${floor} 楼`,
    count: (count: number) => `${count} 户`,
    states: {
      agree: "同意",
      oppose: "不同意",
      abstain: "弃权",
      missing: "未交回",
      waiting: "待复核",
      void: "已作废",
    },
  },
  sheet: {
    scan: "打开手机摄像头或微信，扫一扫",
    scanFor: (what: string) => `二维码：${what}`,
    scanOrType: "用手机扫左边的码，或在浏览器输入：",
    code: "本户验证码",
  },
} as const;
