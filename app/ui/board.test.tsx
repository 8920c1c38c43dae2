import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Board, boardStates, type BoardFloor } from "./board.tsx";

const floors: BoardFloor[] = [
  { floor: 1, flats: [null, { room: "102", state: "missing" }] },
  {
    floor: 2,
    flats: [
      { room: "201", state: "agree", href: "/desk/201", selected: true },
      { room: "202", state: "oppose", button: { name: "room", value: "202" } },
    ],
  },
];

describe("a clerk at the board", () => {
  it("sees the highest floor on top", () => {
    const html = renderToStaticMarkup(<Board caption="8 号楼道" floors={floors} />);
    expect([...html.matchAll(/scope="row">([^<]+)</g)].map(([, floor]) => floor)).toEqual(["2 楼", "1 楼"]);
    expect(html).toContain("8 号楼道");
  });

  it("reaches a flat by link or by button, and knows which one is open", () => {
    const html = renderToStaticMarkup(<Board caption="x" floors={floors} />);
    expect(html).toMatch(/<a class="board-flat"[^>]*data-room="201" aria-current="true" href="\/desk\/201">/);
    expect(html).toMatch(/<button class="board-flat"[^>]*data-room="202" type="submit" name="room" value="202">/);
    expect(html).toMatch(/<div class="board-flat"[^>]*data-room="102">/);
  });

  it("leaves the place of a missing flat empty", () => {
    expect(renderToStaticMarkup(<Board caption="x" floors={floors} />)).toContain("<td></td>");
  });

  it.each(boardStates)("knows the state %s by a sign and words, and finds it counted in the legend", (state) => {
    const html = renderToStaticMarkup(<Board caption="x" floors={[{ floor: 1, flats: [{ room: "101", state }] }]} />);
    expect(html.match(/class="sign"/g)).toHaveLength(2);
    expect(html).toContain("1 户");
  });

  it("uses the words of an intent where the board shows intents", () => {
    const html = renderToStaticMarkup(<Board caption="x" floors={floors} legend={{ agree: "愿意" }} />);
    expect(html).toContain("愿意 1 户");
    expect(html).not.toContain(">同意");
  });

  it("sees the car rise with the ballots, without leaving the shaft", () => {
    const heightAt = (have: number) =>
      /<svg x="50%" y="([\d.]+)%"/.exec(renderToStaticMarkup(<Board caption="x" floors={floors} car={{ have, of: 24 }} />))?.[1];
    expect([0, 12, 24, 30].map(heightAt)).toEqual(["93.00", "50.00", "7.00", "7.00"]);
  });
});
