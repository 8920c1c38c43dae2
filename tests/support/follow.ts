import type { Locator, Page } from "playwright-core";

/** Clicks what leads to another page, and comes back when that page is there: until then the old one would still answer. */
export async function follow(part: Locator): Promise<void> {
  await Promise.all([part.page().waitForEvent("load"), part.click()]);
}

/** Presses the button of this name, which sends its form. */
export async function submit(page: Page, name: string | RegExp): Promise<void> {
  await follow(page.getByRole("button", { name, exact: true }));
}
