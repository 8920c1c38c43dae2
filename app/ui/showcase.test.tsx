import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Showcase } from "./showcase.tsx";

const html = renderToStaticMarkup(
  <Showcase
    frame={{
      home: "/",
      nav: [{ href: "/help", label: "常见问题" }],
      view: { elder: false, href: "/view" },
      phone: { number: "021-0000 0000" },
    }}
  />,
);
const all = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, value]) => value ?? "");

describe("every component in each of its states", () => {
  it("needs neither script nor inline style, so a strict content policy may forbid both", () => {
    expect(html).not.toMatch(/<script|\sstyle=|\son\w+=|javascript:/);
  });

  it("uses no id twice", () => {
    const ids = all(/\sid="([^"]+)"/g);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("describes, labels and draws only with what is there", () => {
    const ids = new Set(all(/\sid="([^"]+)"/g));
    const wanted = [
      ...all(/\saria-(?:describedby|labelledby)="([^"]+)"/g).flatMap((value) => value.split(" ")),
      ...all(/\sfor="([^"]+)"/g),
      ...all(/url\(#([^)]+)\)/g),
      ...all(/<use href="#([^"]+)"/g),
      ...all(/href="#(field-[^"]+)"/g),
    ];
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("gives every drawing a name or hides it", () => {
    const named = /aria-hidden="true"|role="img" aria-label/;
    const outer = html.replaceAll(/(<svg[^>]*>)(?:(?!<\/?svg)[\s\S]|<svg[^>]*>(?:(?!<\/?svg)[\s\S]|<svg[^>]*>(?:(?!<\/?svg)[\s\S])*<\/svg>)*<\/svg>)*<\/svg>/g, "$1");
    const drawings = outer.match(/<svg[^>]*>/g) ?? [];
    expect(drawings.length).toBeGreaterThan(50);
    expect(drawings.filter((drawing) => !named.test(drawing))).toEqual([]);
  });

  it("has one heading of the first level and skips no level", () => {
    const levels = all(/<h([1-6])/g).map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 1)).toBeLessThanOrEqual(1);
    });
  });

  it("gives every control a label", () => {
    const controls = all(/<(?:input|select|textarea)\b[^>]*\sid="([^"]+)"/g).filter((id) => id.startsWith("field-"));
    expect(controls.length).toBeGreaterThan(8);
    const labelled = new Set(all(/\sfor="([^"]+)"/g));
    for (const id of controls) {
      const wrapped = new RegExp(`<label class="choice-option"><input[^>]*id="${id}"`).test(html);
      expect(labelled.has(id) || wrapped, id).toBe(true);
    }
  });
});
