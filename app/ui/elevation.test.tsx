import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { buildingOf } from "./building.ts";
import { Elevation, type CarState, type ElevationProps } from "./elevation.tsx";
import { signs } from "./sign.tsx";

const labels = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const base: ElevationProps = {
  stops: labels.map((label) => ({ label })),
  at: 7,
  building: buildingOf(6, { 1: 1, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2 }),
  title: "海棠苑 8 号楼道",
  description: "六层，正在施工。",
};
const draw = (props: Partial<ElevationProps> = {}) => renderToStaticMarkup(<Elevation {...base} {...props} />);
const shaftOf = (html: string) => /<svg class="elevation-shaft".*?<\/svg><\/svg><\/svg>/s.exec(html)?.[0] ?? "";

describe("a neighbour looking at the elevation", () => {
  it.each(labels.map((label, at) => [label, at] as const))("finds the car at stop %s", (label, at) => {
    const html = draw({ at });
    expect(shaftOf(html)).toContain(`<svg x="50%" y="${95 - 10 * at}%"`);
    expect(html).toMatch(new RegExp(`aria-current="step"><span class="elevation-label">${label}<`));
    expect(html.match(/data-reach="past"/g) ?? []).toHaveLength(at);
    expect(html.match(/class="elevation-dot-past"/g)).toHaveLength(at + 1);
  });

  it("reads the stops from the top of the shaft down, each with where it stands", () => {
    const html = draw();
    expect([...html.matchAll(/elevation-label">(.)/g)].map(([, label]) => label)).toEqual([...labels].reverse());
    expect(html).toContain("八<span class=\"unseen\">，现在在这一步</span>");
  });

  it("hears what is to be seen", () => {
    const html = draw();
    const ids = /role="img" aria-labelledby="(\S+) (\S+)"/.exec(html);
    expect(html).toContain(`<title id="${ids?.[1]}">海棠苑 8 号楼道</title>`);
    expect(html).toContain(`<desc id="${ids?.[2]}">六层，正在施工。</desc>`);
  });

  it("sees every window alike: one shape, used once for each flat", () => {
    const html = draw();
    expect(html.match(/<symbol id="\w+flat"/g)).toHaveLength(1);
    expect(html.match(/<use href="#\w+flat"/g)).toHaveLength(11);
  });

  it.each([
    ["paused", "pause"],
    ["disputed", "alert"],
    ["ended", "none"],
    ["not-suitable", "no"],
  ] as const)("knows a car that is %s by its sign, its pattern and its words", (state, sign) => {
    const html = draw({ state, stateText: "为什么停" });
    expect(shaftOf(html)).toContain(signs[sign]);
    expect(shaftOf(html)).toContain("<pattern");
    expect(html).toContain("为什么停</figcaption>");
  });

  it.each(["moving", "in-use"] as const satisfies CarState[])("sees no pattern on a car that is %s", (state) => {
    expect(draw({ state, at: 9 })).not.toContain("<pattern");
  });

  it("sees a flag once the lift is in use", () => {
    expect(draw({ state: "in-use", at: 9 })).toContain("elevation-flag");
    expect(draw()).not.toContain("elevation-flag");
  });

  it("finds shops and two doors where the house has them", () => {
    const html = draw({ building: buildingOf(5, { 2: 8, 3: 8, 4: 8, 5: 8 }), entrances: 2 });
    expect(html.match(/<use href="#\w+shop"/g)).toHaveLength(8);
    expect(html.match(/class="draw-door"/g)).toHaveLength(2);
  });

  it("gets two drawings on one page without one borrowing the other's shapes", () => {
    const html = renderToStaticMarkup(
      <>
        <Elevation {...base} />
        <Elevation {...base} state="paused" />
      </>,
    );
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
