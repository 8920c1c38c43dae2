export const signInProblems = {
  code_wrong: "验证码不对、已过期，或输错超过 5 次。请核对短信，或重新获取一个。",
  password_wrong: "账号或密码不对。请再试一次。",
} as const;

export const signIn = {
  title: "业主登录",
  lead: "用房屋登记时留的手机号码登录，可以投表决票、看自己的记录。",
  phoneHint: "11 位手机号码",
  send: "获取验证码",
  codeTitle: "输入验证码",
  codeLead: (phone: string) => `如果 ${phone} 是业主登记的手机，几秒内会收到 6 位数字，10 分钟内有效。一分钟没收到，可能这个号码没有登记，请打电话。`,
  enter: "登录",
  next: "下一步",
  again: "没收到？重新获取，或换一个号码",
  lost: "您还没有登录，或登录过期了。刚才的提交没有保存。登录后回到那一页，看清内容再提交一次。",
  staffTitle: "工作人员登录",
  staffLead: "居委、街道、评估、施工和代建单位的工作人员从这里登录：账号、密码，再加手机验证器上的数字。",
  login: "账号",
  password: "密码",
  staffWay: "工作人员从这里登录",
  residentWay: "业主用手机登录",
  noPhone: "没有手机？请打电话给居委会，也可以填纸质表。",
  changed: "登记的不是这个号码？先找到您的楼道，再点“绑定我的房屋”",
  message: (code: string) => `【加梯一键通】验证码 ${code}，10 分钟内有效。工作人员不会向您要验证码。`,
  demoMessages: "演示环境不发短信：验证码在“演示短信”页",
  demoAccounts: "演示账号",
} as const;
