/** By themselves: pages that ask for a name carry these two sentences, not the whole of what is kept. */
export const consent = {
  read: "点下面的按钮，就表示您看过这段说明。全文见",
  title: "个人信息说明",
} as const;
