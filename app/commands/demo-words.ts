import { roleNames } from "#app/i18n/zh-CN/roles.ts";
import { DEMO_PASSWORD, demoAccounts } from "#db/seeds/demo.server.ts";

/** Says in the terminal how to sign in as each role. */
export function sayDemo(url: string, district: boolean): void {
  const lines = [
    "",
    `  加梯一键通演示环境   ${url}`,
    "  这里的一切都不作数，人和地方都是编的。",
    "",
    ...(district
      ? []
      : [
          `  居民（不用登录）   ${url}/s/A1-004        扫门口的码就到这里，可以填意愿`,
          `  业主（投表决票）   ${url}/sign-in         手机 13800000013，验证码在 ${url}/demo/messages`,
        ]),
    ...demoAccounts.map(({ login, name, role, committee }) => {
      const who = role === "committee" ? `居委${(committee ?? 0) + 1} ${name}` : roleNames[role];
      return `  ${who.padEnd(14)}   ${url}/sign-in/staff   账号 ${login}，密码 ${DEMO_PASSWORD}`;
    }),
    `  工作人员登录时的 6 位数字：${url}/demo（代替手机上的验证器）`,
    "",
    "  按 Ctrl-C 停止。",
    "",
  ];
  console.log(lines.join("\n"));
}
