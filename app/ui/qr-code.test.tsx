import { renderToStaticMarkup } from "react-dom/server";
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { DoorPoster, SlipSheet } from "./print-sheet.tsx";
import { QrCode, qrPath } from "./qr-code.tsx";

/** Paints the path back into modules. */
function paint(path: string, size: number): boolean[][] {
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let at = Number(x); at < Number(x) + Number(length); at += 1) {
      const row = grid[Number(y)];
      if (row) row[at] = true;
    }
  }
  return grid;
}

describe("a phone in front of the door", () => {
  const url = "https://jiati.example.cn/s/C003-008";

  it("sees exactly the modules of the code", () => {
    const { data, size } = encode(url, { ecc: "M", border: 4 });
    expect(paint(qrPath(data), size)).toEqual(data);
  });

  it("finds four modules of quiet around the code", () => {
    const { data, size } = encode(url, { ecc: "M", border: 4 });
    const rim = data.flatMap((row, y) => row.filter((_, x) => Math.min(x, y, size - 1 - x, size - 1 - y) < 4));
    expect(rim).not.toContain(true);
  });

  it("has the code read out by its name", () => {
    expect(renderToStaticMarkup(<QrCode value={url} label="二维码：8 号楼道" />)).toContain('role="img" aria-label="二维码：8 号楼道"');
  });
});

describe("the printed sheets", () => {
  const phone = { label: "第3居委", number: "021-0000 0000" };

  it("tell the door what to do, where to scan and whom to call", () => {
    const html = renderToStaticMarkup(
      <DoorPoster place="海棠苑" stairwell="8 号楼道" url="https://a.cn/s/1" address="a.cn/s/1" sentences={["一", "二", "三"]} phone={phone} />,
    );
    for (const words of ["海棠苑", "8 号楼道", "a.cn/s/1", "一", "二", "三", "021-0000 0000"]) expect(html.replaceAll(/<wbr\/>|<\/?span>/g, "")).toContain(words);
  });

  it("give each flat its letter: address window, code to type, reply to cut off", () => {
    const html = renderToStaticMarkup(
      <SlipSheet
        recipient={["8 号 403 室", "业主 收"]}
        sender="第3居委"
        title="您家愿意吗？"
        paragraphs={["请说说。"]}
        url="https://a.cn/s/1"
        address="a.cn/s/1"
        code="7QK4-M2XW"
        codeNote="不要交给别人"
        phone={phone}
        reply={{ title: "回执", choices: ["愿意", "不愿意"], lines: ["签名"] }}
      />,
    );
    expect(html).toMatch(/<address class="slip-window"><span>8 号 403 室<\/span>/);
    for (const words of ["7QK4-M2XW", "不要交给别人", "回执", "不愿意", "签名"]) expect(html).toContain(words);
  });
});
