import type { Page } from "playwright-core";
import { DEMO_PASSWORD } from "#db/seeds/demo.server.ts";
import { follow } from "./follow.ts";

/** The code that /demo shows for an account, as a stand-in for the authenticator app. */
export async function standInFor(page: Page, login: string): Promise<string> {
  const other = await page.context().newPage();
  await other.goto("/demo");
  const code = await other.getByRole("row", { name: login }).getByText(/^\d{6}$/).textContent();
  await other.close();
  return code ?? "";
}

/** Signs one of the demo's staff in by password and code; `look` sees each page on the way. */
export async function signInStaff(page: Page, login: string, look: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const submit = (name: string) => follow(page.getByRole("button", { name, exact: true }));
  await page.goto("/sign-in/staff");
  await look(page);
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("密码").fill(DEMO_PASSWORD);
  await submit("下一步");
  await look(page);
  await page.getByLabel("验证码").fill(await standInFor(page, login));
  await submit("登录");
}
