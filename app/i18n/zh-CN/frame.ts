/** Words of the frame around every page. */
export const frame = {
  brand: "加梯一键通",
  desk: "工作台",
  skip: "跳到正文",
  nav: "主导航",
  allWays: "全部栏目",
  menu: "菜单",
  crumbs: "当前位置",
  elderView: "长辈版",
  normalView: "普通版",
  call: "打电话给居委会",
  signOut: "退出",
  privacy: "个人信息说明",
  guides: "图文指南",
  paperCounts: "不会上网也没关系：到居委会填纸质表，与网上填写一样算数。",
} as const;
