import type { Problem } from "#app/domain/problem.ts";

const refusals: Record<string, string | ((params: NonNullable<Problem["params"]>) => string)> = {
  password_short: "密码至少 12 个字符，没有添加。",
  password_common: "这个密码太容易猜，没有添加。请用几个不相干的词连起来。",
  login_taken: "这个账号已经有人用了，没有添加。",
  committee_unknown: "没有这个居委会，没有添加。请用 --committee 写明全称。",
  stairwell_not_found: ({ code }) => (code ? `没有楼道 ${code}，没有添加。` : "请用 --stairwell 写明楼道编号，没有添加。"),
  nothing_imported: "还没有导入街道的数据，没有添加。请先导入。",
};

/** Words of `npm run account`. */
export const account = {
  usage:
    "用法：npm run account -- 账号 --name 姓名 [--role committee|office|admin|assessor|contractor|agent] [--committee 居委会全称] [--stairwell 楼道编号]…，密码从标准输入读取",
  askPassword: "密码（至少 12 个字符，几个不相干的词最好）：",
  added: (login: string) => `已添加账号 ${login}。第一次登录时绑定验证器。`,
  refused: ({ code, params = {} }: Problem) => {
    const sentence = refusals[code];
    return typeof sentence === "function" ? sentence(params) : (sentence ?? code);
  },
} as const;
