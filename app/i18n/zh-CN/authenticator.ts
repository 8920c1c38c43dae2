export const authenticatorProblems = {
  authenticator_wrong: "6 位数字不对，或已经用过。请看验证器上现在的数字，再填一次。",
  authenticator_there: "这个账号已经绑定过验证器。请从登录页重新登录，用它上面的数字。",
  sign_in_again: "密码或账号刚才有变动。请从登录页重新登录。",
  authenticator_missing: "您的账号还没有绑定验证器，什么都没有改动。请退出，重新登录，按提示绑定。",
} as const;

/** Words around the six digits of an authenticator app. */
export const authenticator = {
  code: "验证器的 6 位数字",
  codeHint: "打开手机上的验证器，抄下“加梯一键通”现在的数字",
  codeTitle: "输入验证码",
  codeLead: "密码正确。还差手机验证器上的 6 位数字。",
  lost: "手机不在身边，或换了手机？请街道的同事给您一个启用码。",
  haveSetup: "有启用码，从这里设置",
  enrolTitle: "绑定验证器",
  enrolLead: "以后登录，除了密码，还要手机验证器上的 6 位数字。只要绑定这一次。",
  steps: {
    install: { title: "手机上装一个验证器", text: "在应用商店里搜“验证器”或“Authenticator”，任何一个都可以。" },
    scan: { title: "用它扫这个二维码", text: "扫不了，就在验证器里选“输入密钥”，填：" },
    code: { title: "填验证器上的 6 位数字", text: "绑定好，就直接进入。" },
  },
  qr: "二维码：验证器的密钥",
  secret: "密钥",
  enrol: "绑定，登录",
  standInShows: (code: string) => `演示：不用手机，验证器现在的数字是 ${code}`,
  late: "超过 10 分钟，请重新输入账号和密码。",
  standIn: "演示：数字在“演示账号”页（新窗口）",
} as const;
