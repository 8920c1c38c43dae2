import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Pages that axe has seen, by what they are made of: another room in the same page tells it nothing new. */
const seen = new Set<string>();

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What every page must be: nothing to scroll sideways, and nothing that axe finds. It needs scripts itself. */
export async function lookAt(page: Page): Promise<void> {
  const { wider, made } = await page.evaluate(() => {
    const { documentElement: html } = document;
    const parts = [...document.querySelectorAll("body *")].map((part) => `${part.tagName}${part.getAttributeNames().join()}${part.className.toString()}`);
    return { wider: html.scrollWidth - html.clientWidth, made: [innerWidth, html.dataset["view"], document.title, ...new Set(parts)].join("\n") };
  });
  expect(wider, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  if (seen.has(made)) return;
  seen.add(made);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } }).axe;
    const found = await run(document, { resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(violations, page.url()).toEqual([]);
}
