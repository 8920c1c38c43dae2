import { describe, expect, it } from "vitest";
import { endsAsZip, isForeign, whyContainerIsRefused } from "./image-container.ts";

const bytes = (...parts: (number[] | string)[]) => Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part)));
const segment = (marker: number, text: string) => [0xff, marker, (text.length + 2) >> 8, (text.length + 2) & 255, ...bytes(text)];
const START = [0xff, 0xd8];
const END = [0xff, 0xd9];
const SCAN = [...segment(0xda, "head"), 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xff, 0, 5];
const jpeg = (...parts: (number[] | string)[]) => whyContainerIsRefused(bytes(START, ...parts), "image/jpeg");

describe("a JPEG", () => {
  it("is segments, scans with stuffed and restart bytes, and an end; fill bytes and what stands between is passed over", () => {
    expect(jpeg(segment(0xe0, "JFIF"), SCAN, END)).toBeNull();
    expect(jpeg(segment(0xe0, "JFIF"), SCAN, segment(0xc4, "table"), SCAN, END)).toBeNull();
    expect(jpeg([0xff], segment(0xe0, "JFIF"), "between", [0xff, 0], SCAN, END, "behind")).toBeNull();
  });

  it("is broken without an end: after its start, in a length, a segment or a scan", () => {
    for (const cut of [[], [0xff], [0xff, 0xe0], [0xff, 0xe0, 0], segment(0xe0, "JFIF"), segment(0xe0, "JFIF").slice(0, -2), [...SCAN], [...SCAN, 0xff]]) {
      expect(jpeg(cut)).toBe("file_broken");
    }
  });

  it.each(["<script>", "<!DOCTYPE html>", "<HTML>", "<svg onload=1>", "<iframe src=x>", "<?php", "%PDF-1.7", "Rar!\x1a\x07"])("with %j around its pixels is two files in one", (text) => {
    expect(jpeg(segment(0xfe, text), SCAN, END)).toBe("file_two_in_one");
    expect(jpeg(segment(0xe1, `Exif ${text}`), SCAN, END)).toBe("file_two_in_one");
    expect(jpeg(SCAN, END, text)).toBe("file_two_in_one");
    expect(jpeg(text, SCAN, END)).toBe("file_two_in_one");
    expect(isForeign(`before ${text}`)).toBe(true);
  });

  it("may hold the same bytes among its pixels, where they are no text", () => {
    expect(jpeg([...SCAN, ...bytes("<script>")], END)).toBeNull();
  });

  it("with an archive at its end is two files in one", () => {
    expect(jpeg(SCAN, END, "PK\x05\x06", Array.from({ length: 18 }, () => 0))).toBe("file_two_in_one");
    expect(endsAsZip(bytes("PK\x05\x06", Array.from({ length: 70_000 }, () => 0)))).toBe(false);
  });
});

const MARK = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const chunk = (type: string, data = "") => [0, 0, data.length >> 8, data.length & 255, ...bytes(type), ...bytes(data), 0, 0, 0, 0];
const png = (...parts: (number[] | string)[]) => whyContainerIsRefused(bytes(MARK, ...parts), "image/png");

describe("a PNG", () => {
  it("is chunks up to its end", () => {
    expect(png(chunk("IHDR", "1234"), chunk("IDAT", "<script>"), chunk("IEND"))).toBeNull();
  });

  it("is broken without one, and refused when it moves or holds something else", () => {
    expect(png(chunk("IHDR", "1234"), chunk("IDAT", "data"))).toBe("file_broken");
    expect(png([0xff, 0xff, 0xff, 0xff, ...bytes("IHDR"), 0, 0, 0, 0])).toBe("file_broken");
    expect(png(chunk("acTL", "1234"), chunk("IEND"))).toBe("file_animated");
    expect(png(chunk("tEXt", "<script>"), chunk("IEND"))).toBe("file_two_in_one");
    expect(png(chunk("IEND"), "<script>")).toBe("file_two_in_one");
  });
});

const part = (type: string, data: string) => [...bytes(type), data.length, 0, 0, 0, ...bytes(data), ...(data.length % 2 ? [0] : [])];
function webp(parts: number[], { length = parts.length + 4, behind = "" } = {}) {
  return whyContainerIsRefused(bytes("RIFF", [length & 255, length >> 8, 0, 0], "WEBP", parts, behind), "image/webp");
}

describe("a WebP", () => {
  it("is chunks within its length, padded to even", () => {
    expect(webp([...part("VP8X", "123"), ...part("VP8 ", "<script>")])).toBeNull();
    expect(webp(part("VP8L", "12"), { behind: "\0\0" })).toBeNull();
  });

  it("is broken when it is shorter than it says, and refused when it moves or holds something else", () => {
    expect(whyContainerIsRefused(bytes("RIFF"), "image/webp")).toBe("file_broken");
    expect(webp(part("VP8 ", "12"), { length: 90 })).toBe("file_broken");
    for (const type of ["ANIM", "ANMF"]) expect(webp(part(type, "12"))).toBe("file_animated");
    expect(webp([...part("VP8 ", "12"), ...part("EXIF", "<script>")])).toBe("file_two_in_one");
    expect(webp(part("VP8 ", "12"), { behind: "<script>" })).toBe("file_two_in_one");
  });
});
