import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { courseOf, type Due } from "#app/domain/public-course.ts";
import { startOfDay as at } from "#app/domain/shanghai-day.ts";
import { stages, type SideState, type Stage } from "#app/domain/stages.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { StageCourse } from "./stage-course.tsx";

const now = at("2026-11-21");
const way = stages.slice(1).map((to, index) => ({ from: stages[index] ?? to, to, at: at(`2026-${String(index + 2).padStart(2, "0")}-01`) }));

interface Given {
  side?: SideState;
  stops?: { to: SideState | null; at: Date }[];
  due?: Due;
  moves?: typeof way;
}

/** The drawing of a project that has come to a stage, and its words without markup. */
function drawn(stage: Stage, { side, stops = [], due, moves = way.slice(0, way.findIndex(({ to }) => to === stage) + 1) }: Given = {}) {
  const course = courseOf({ stage, stageSince: now, sideState: side ?? null, moves, stops }, due ?? null, now);
  if (!course) throw new Error("no course");
  const html = renderToStaticMarkup(<StageCourse course={course} />);
  const bars = [...html.matchAll(/<rect class="course-(past|here|ahead|late|halt)"([^>]*)x="([\d.]+)%" width="([\d.]+)%?"/g)].map(([, kind = "", , x, width]) => ({ kind, x: Number(x), width: Number(width) }));
  return { html, bars, words: html.replaceAll(/<[^>]*>/g, " ") };
}

it("shows two stages and what comes next, said in words beside each bar", () => {
  const { html, bars, words } = drawn("assessment");
  expect(words).toContain("从 2026 年 2 月 1 日到今天，走了 2 步，共 293 天。");
  expect(words).toMatch(/加梯储备.*2026 年 2 月 1 日起，28 天.*条件评估.*2026 年 3 月 1 日起，已经 265 天.*下一步：意见征询.*日期还没定/s);
  expect(bars).toEqual([{ kind: "past", x: 0, width: 9.56 }, { kind: "here", x: 9.56, width: 90.44 }]);
  expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  expect(html.match(/<li[ >]/g)).toHaveLength(3);
});

it("shows all stages of a lift in use, none of them longer than the way", () => {
  const { html, bars, words } = drawn("in-use");
  expect(html.match(/<li[ >]/g)).toHaveLength(9);
  for (const name of Object.values(stageNames).slice(1)) expect(words).toContain(name);
  expect(words).toContain("从 2026 年 2 月 1 日到 2026 年 10 月 1 日，走了 9 步，共 242 天。");
  expect(bars.slice(0, -1).reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 0);
  expect(bars.at(-1)).toEqual({ kind: "past", x: 100, width: 9 });
  expect(html).not.toMatch(/course-(here|ahead|late|today)/);
});

it("shows a step back as one", () => {
  const moves = [...way.slice(0, 3), { from: "consultation" as const, to: "assessment" as const, at: at("2026-06-01") }];
  const { words } = drawn("assessment", { moves });
  expect(words).toContain("走了 4 步，退回 1 次");
  expect(words).toMatch(/意见征询.*退回到条件评估.*2026 年 6 月 1 日起，已经 173 天.*下一步：意见征询/s);
});

it("tells a pause by its pattern and in words, with who owes the next step and how late it is", () => {
  const due = { kind: "promised", by: "2026-11-18", owner: "燃气公司" } as const;
  const { html, bars, words } = drawn("construction", { side: "paused", stops: [{ to: "paused", at: at("2026-11-01") }], due });
  expect(words).toContain("其中停了 20 天");
  expect(words).toMatch(/2026 年 11 月 1 日起暂停，已经 20 天.*下一步：燃气公司.*2026 年 11 月 18 日前，晚了 3 天/s);
  for (const kind of ["halt", "late"]) expect(bars.filter((bar) => bar.kind === kind)).toHaveLength(1);
  const [hatch] = /fill="url\(#(\w+paused)\)"/.exec(html)?.slice(1) ?? [];
  expect(html).toContain(`<pattern id="${hatch}"`);
  expect(words).toMatch(/走过.*正在这一步.*暂停.*晚了.*今天/s);
});

it("has a pattern of its own for a dispute and for an end, after which nothing comes", () => {
  const disputed = drawn("plan-notice", { side: "disputed", stops: [{ to: "disputed", at: at("2026-11-01") }], due: { kind: "opinions", by: "2026-12-01", owner: null } });
  expect(disputed.words).toMatch(/协调争议，已经 20 天.*意见收到 2026 年 12 月 1 日/s);
  expect(disputed.bars.map(({ kind }) => kind)).toEqual(["past", "past", "past", "here", "halt", "ahead"]);
  const ended = drawn("plan-notice", { side: "ended", stops: [{ to: "ended", at: at("2026-06-11") }] });
  expect(ended.words).toMatch(/2026 年 5 月 1 日起，41 天\s+。\s+2026 年 6 月 11 日终止/);
  expect(ended.words).not.toMatch(/下一步|今天|正在这一步/);
});

it("draws the first day of a way, of which nothing has passed", () => {
  const { bars, words } = drawn("reserve", { moves: [{ from: "intent", to: "reserve", at: now }] });
  expect(bars).toEqual([{ kind: "here", x: 0, width: 9 }]);
  expect(words).toContain("2026 年 11 月 21 日起");
});
