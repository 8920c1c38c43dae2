import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EDGES, FILE_LIMITS, isPdf, pageScale, readFileType, whyLengthIsRefused, whyPagesAreRefused, whyPixelsAreRefused } from "./files.ts";

describe("a file", () => {
  it("is what its bytes say: three kinds of photo, or PDF", () => {
    for (const type of ["image/jpeg", "image/png", "image/webp", "application/pdf"]) expect(readFileType(type)).toEqual({ type });
  });

  it.each([["image/heic", "file_heic"], ["image/avif", "file_heic"], ["image/gif", "file_animated"], ["image/apng", "file_animated"]])(
    "that is %s is refused by a word of its own",
    (type, fault) => expect(readFileType(type)).toEqual({ fault }),
  );

  it("that is anything else, or nothing known, is refused", () => {
    for (const type of ["image/svg+xml", "text/html", "application/zip", "toString", undefined]) expect(readFileType(type)).toEqual({ fault: "file_unknown_type" });
  });

  it("has at least a byte and at most 20 MB", () => {
    expect([0, 1, FILE_LIMITS.bytes, FILE_LIMITS.bytes + 1].map(whyLengthIsRefused)).toEqual(["file_empty", null, null, "file_too_large"]);
  });

  it("has at most 50 megapixels", () => {
    expect(whyPixelsAreRefused({ width: 10_000, height: 5_000 })).toBeNull();
    expect(whyPixelsAreRefused({ width: 10_000, height: 5_001 })).toBe("file_too_many_pixels");
  });

  it("has one page at least and 200 at most", () => {
    expect([0, 1, 200, 201].map(whyPagesAreRefused)).toEqual(["file_broken", null, null, "file_too_many_pages"]);
  });
});

describe("a page of a PDF", () => {
  it("is drawn at 200 dots per inch, at which handwriting is legible", () => {
    expect(595 * (pageScale({ width: 595, height: 842 }) ?? 0)).toBeCloseTo(1_652.8, 1);
  });

  it("is never longer than the longest edge, and never without a pixel", () => {
    const points = fc.double({ min: 0, max: 200_000, noNaN: true });
    fc.assert(
      fc.property(points, points, (width, height) => {
        const scale = pageScale({ width, height });
        if (scale === null) return Math.min(width, height) * (200 / 72) < 1 || Math.min(width, height) / Math.max(width, height) < 1 / EDGES.full;
        return Math.max(width, height) * scale <= EDGES.full + 1e-6 && Math.min(width, height) * scale >= 1;
      }),
    );
    expect(pageScale({ width: 0, height: 842 })).toBeNull();
    expect(pageScale({ width: Number.NaN, height: 842 })).toBeNull();
  });
});

describe("a PDF", () => {
  it("is known by its first bytes, with or without something before them", () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    for (const text of ["%PDF-1.7", `${" ".repeat(1_019)}%PDF-`]) expect(isPdf(bytes(text))).toBe(true);
    for (const text of ["", "PDF", `${" ".repeat(1_020)}%PDF-`]) expect(isPdf(bytes(text))).toBe(false);
  });
});
