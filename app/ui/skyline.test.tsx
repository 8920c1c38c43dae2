import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Skyline } from "./skyline.tsx";
import { placeHouses, streets, type SkylineHouse } from "./skyline-streets.ts";

const houses = (count: number): SkylineHouse[] =>
  Array.from({ length: count }, (_, index) => ({
    href: `/communities/C${index}`,
    title: `小区 ${index}`,
    floors: 5 + (index % 3),
    car: index % 4 === 0 ? null : (index % 10) / 9,
    inUse: index === 5,
  }));

const draw = (count: number) =>
  renderToStaticMarkup(<Skyline houses={houses(count)} caption="都在路上" all={{ href: "/communities", label: "全部小区" }} />);

describe("placeHouses", () => {
  it.each([0, 1, 2, 7, 105, 400])("places each of %i houses once, in its order, inside the picture", (count) => {
    const { width, rows } = placeHouses(houses(count));
    expect(rows.flat().map((placed) => placed.house.href)).toEqual(houses(count).map((house) => house.href));
    rows.forEach((row, number) => {
      const scale = streets[number]?.scale ?? 1;
      let end = 0;
      for (const placed of row) {
        expect(placed.x).toBeGreaterThanOrEqual(end);
        end = placed.x + (placed.width + 9) * scale;
      }
      expect(end).toBeLessThanOrEqual(width);
    });
  });
});

describe("the first page's picture", () => {
  it("names every community and leads to it", () => {
    const html = draw(105);
    expect(html.match(/<a href="\/communities\/C\d+" tabindex="-1"><title>小区 \d+<\/title>/g)).toHaveLength(105);
  });

  it("gives a shaft only to communities where something has started, a flag where a lift runs", () => {
    const html = draw(40);
    expect(html.match(/class="skyline-shaft"/g)).toHaveLength(30);
    expect(html.match(/class="skyline-car"/g)).toHaveLength(30);
    expect(html.match(/class="skyline-flag"/g)).toHaveLength(1);
  });

  it("spares keyboard and screen reader a hundred stops: they get the sentence and the list", () => {
    const html = draw(105);
    expect(html).toMatch(/<svg [^>]*aria-hidden="true"/);
    expect(html).toContain("<figcaption><span>都在路上</span><a href=\"/communities\">全部小区</a></figcaption>");
    expect(html.replaceAll(/<svg.*<\/svg>/gs, "").match(/<a /g)).toHaveLength(1);
  });

  it("is there, too, when there is no community yet", () => {
    expect(draw(0)).toContain("skyline-ground");
  });
});
