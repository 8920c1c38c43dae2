const refusals: Record<string, string> = {
  password_short: "密码至少 12 个字符，没有添加。",
  login_taken: "这个账号已经有人用了，没有添加。",
  committee_unknown: "没有这个居委会，没有添加。请用 --committee 写明全称。",
  nothing_imported: "还没有导入街道的数据，没有添加。请先导入。",
};

/** Words of `npm run account`. */
export const account = {
  usage: "用法：npm run account -- 账号 --name 姓名 [--role committee|office|admin] [--committee 居委会全称]，密码从标准输入读取",
  askPassword: "密码（至少 12 个字符）：",
  added: (login: string) => `已添加账号 ${login}。`,
  refused: (code: string) => refusals[code] ?? code,
} as const;
