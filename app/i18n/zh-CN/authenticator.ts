export const authenticatorProblems = {
  authenticator_wrong: "6 位数字不对，或已经用过。请看验证器上现在的数字，再填一次。",
  authenticator_missing: "您的账号还没有绑定验证器，什么都没有改动。请退出，重新登录，按提示绑定。",
} as const;

/** Words around the six digits of an authenticator app. */
export const authenticator = {
  code: "验证器的 6 位数字",
  codeHint: "打开手机上的验证器，抄下“加梯一键通”现在的数字",
  standIn: "演示：数字在“演示账号”页（新窗口）",
} as const;
