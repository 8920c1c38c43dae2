import type { Page } from "playwright-core";
import { expect } from "vitest";
import { axeFaults } from "./axe.ts";

/** Pages that axe has seen, by what they are made of: another room in the same page tells it nothing new. */
const seen = new Set<string>();

/** What every page must be: nothing to scroll sideways, and nothing that axe finds. It needs scripts itself. */
export async function lookAt(page: Page): Promise<void> {
  // A click returns when its answer begins: what there is to see has not come yet.
  await page.waitForLoadState("load");
  const { wider, made } = await page.evaluate(() => {
    const { documentElement: html } = document;
    const parts = [...document.querySelectorAll("body *")].map((part) => `${part.tagName}${part.getAttributeNames().join()}${part.className.toString()}`);
    return { wider: html.scrollWidth - html.clientWidth, made: [innerWidth, html.dataset["view"], document.title, ...new Set(parts)].join("\n") };
  });
  expect(wider, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  if (seen.has(made)) return;
  seen.add(made);
  expect(await axeFaults(page), page.url()).toEqual([]);
}
