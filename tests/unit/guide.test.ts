import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { guides, type Guide } from "#app/i18n/zh-CN/guide.ts";
import { guideScreens } from "#app/ui/guide-screens.ts";
import { MOST_PICTURE_BYTES, PICTURE_FOLDER, PICTURE_SCALE } from "../support/guide-pictures.ts";

const all = Object.values<Guide>(guides);

describe("the guides", () => {
  it("have a picture for each step, small and of the shape in which the page shows it, and no other", async () => {
    for (const { screen, steps } of all) {
      for (const { picture } of steps) {
        const file = path.join(PICTURE_FOLDER, `${picture}.webp`);
        const { format, width, height } = await sharp(file).metadata();
        const scale = PICTURE_SCALE[screen];
        expect([picture, format, width, height]).toEqual([picture, "webp", guideScreens[screen].width * scale, guideScreens[screen].height * scale]);
        expect([picture, statSync(file).size <= MOST_PICTURE_BYTES]).toEqual([picture, true]);
      }
    }
    const named = all.flatMap(({ steps }) => steps.map(({ picture }) => `${picture}.webp`));
    expect(readdirSync(PICTURE_FOLDER).sort()).toEqual(named.sort());
  });

  it("are short: five to eight steps of two sentences at most, each picture told in words too", () => {
    for (const { steps } of all) {
      expect(steps.length).toBeGreaterThanOrEqual(5);
      expect(steps.length).toBeLessThanOrEqual(8);
      for (const { text, title, alt } of steps) {
        expect([title, text.match(/[。？！]/g)?.length ?? 0]).toEqual([title, expect.toSatisfy((count: number) => count <= 2)]);
        expect(alt.length).toBeGreaterThan(5);
      }
    }
  });
});
