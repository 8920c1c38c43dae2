import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Skyline } from "./skyline.tsx";
import type { SkylineHouse } from "./skyline-streets.ts";

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

describe("the first page's picture", () => {
  it("names every community and leads to it", () => {
    const html = draw(105);
    expect(html.match(/<a href="\/communities\/C\d+" tabindex="-1"><title>小区 \d+<\/title>/g)).toHaveLength(105);
  });

  it("gives a shaft only where something has started, a flag where a lift runs", () => {
    const html = draw(100);
    expect(html.match(/class="skyline-shaft"/g)).toHaveLength(75);
    expect(html.match(/class="skyline-car"/g)).toHaveLength(75);
    expect(html.match(/class="skyline-flag"/g)).toHaveLength(1);
  });

  it("is drawn for phones and for wide screens where few houses stand, each with its own shapes", () => {
    const html = draw(22);
    for (const screens of ["narrow", "wide"]) {
      const svg = new RegExp(`<svg data-screens="${screens}".*?</svg>`).exec(html)?.[0] ?? "";
      expect(svg.match(/<a href=/g)).toHaveLength(22);
      const shapes = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]));
      expect([...svg.matchAll(/<use href="#([^"]+)"/g)].filter((found) => !shapes.has(found[1]))).toEqual([]);
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("spares keyboard and screen reader a hundred stops: they get the sentence and the list", () => {
    for (const svg of [...draw(22).matchAll(/<svg [^>]*>/g), ...draw(105).matchAll(/<svg [^>]*>/g)]) expect(svg[0]).toContain('aria-hidden="true" focusable="false"');
    for (const html of [draw(22), draw(105)]) expect(html.match(/<a (?![^>]*tabindex="-1")/g)).toHaveLength(1);
    const html = draw(105);
    expect(html).toContain("<figcaption><span>都在路上</span><a href=\"/communities\">全部小区</a></figcaption>");
    expect(html.replaceAll(/<svg.*<\/svg>/gs, "").match(/<a /g)).toHaveLength(1);
  });

  it("is there, too, when there is no community yet", () => {
    expect(draw(0)).toContain("skyline-ground");
  });
});
