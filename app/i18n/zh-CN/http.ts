export const http = {
  brand: "加梯一键通",
  toHome: "回到首页",
  call: "打电话",
  reference: "告诉工作人员这个编号：",
  notFound: { title: "没有这个页面", text: "网址可能不完整。请从首页找您的楼道，或者给我们打电话。" },
  notAllowed: { title: "您不能看这一页", text: "这一页只给负责的工作人员或本户业主看。您填过的内容没有变化。" },
  foreignRequest: { title: "没有提交成功", text: "这次提交不是从本站的页面发出的，什么都没有改动。请回到页面重新填写。" },
  methodNotAllowed: { title: "不能这样访问", text: "本站不接受这种请求，什么都没有改动。" },
  urlTooLong: { title: "网址太长", text: "请从首页重新进入。" },
  unreadableUrl: { title: "网址看不懂", text: "网址里有不能识别的字符。请从首页重新进入。" },
  databaseAway: { title: "系统正在恢复", text: "现在暂时打不开，什么都没有丢。请过半分钟再试，急事请打电话。" },
  failed: { title: "系统出错了", text: "这不是您的问题。刚才的提交可能没有保存，请稍后再试。" },
} as const;
