import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Funnel } from "./funnel.tsx";
import { percentOf, ResultBar } from "./result-bar.tsx";

describe("percentOf", () => {
  it("stays between nothing and all, whatever comes in", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 2 ** 48 }), fc.integer({ min: -10, max: 2 ** 48 }), (part, whole) => {
        const percent = percentOf(part, whole);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("draws nothing for an empty whole", () => {
    expect(percentOf(0, 0)).toBe(0);
  });
});

describe("someone reading a result", () => {
  const share = { have: 20, of: 24, needNum: 2, needDen: 3 };

  it("sees how much came and where the threshold is, and the sum in words", () => {
    const html = renderToStaticMarkup(
      <ResultBar label="参加" value="20／24 户" met="yes" verdict="需 16 户，已达到" sum="3 × 20 ≥ 2 × 24" share={share} />,
    );
    expect(html).toContain('width="83.33%"');
    expect(html).toContain('x1="66.67%"');
    for (const words of ["参加", "20／24 户", "需 16 户，已达到", "3 × 20 ≥ 2 × 24"]) expect(html).toContain(words);
  });

  it("tells a test that is not met by pattern and sign, not by colour alone", () => {
    const html = renderToStaticMarkup(<ResultBar label="同意" met="no" verdict="还差 1 户" share={{ ...share, have: 14 }} />);
    expect(html).toContain("<pattern");
    expect(html).toMatch(/class="sign".*还差 1 户/);
  });

  it("gets no bar and no figure where figures would give a neighbour away", () => {
    const html = renderToStaticMarkup(<ResultBar label="面积" met="yes" verdict="达到" />);
    expect(html).not.toMatch(/result-drawing|\d+%/);
  });

  it("sees an empty bar when nobody took part", () => {
    const html = renderToStaticMarkup(
      <ResultBar label="同意" met="no" verdict="未达到" share={{ have: 0, of: 0, needNum: 3, needDen: 4 }} />,
    );
    expect(html).not.toMatch(/result-fill|result-part/);
  });
});

describe("the funnel", () => {
  it("is a table to a screen reader, and no bar is longer than its row", () => {
    const html = renderToStaticMarkup(
      <Funnel
        label="全街道"
        whole={10}
        rows={[
          { label: "多于全部", count: 12 },
          { label: "投用", count: 1, text: "1 部", href: "/x" },
        ]}
      />,
    );
    expect(html).toContain('role="table" aria-label="全街道"');
    expect(html.match(/role="row"/g)).toHaveLength(2);
    expect(html).toContain('width="100.00%"');
    expect(html).toContain('width="10.00%"');
    expect(html).toContain('<a href="/x">投用</a>');
    expect(html).toContain(">1 部<");
  });
});
