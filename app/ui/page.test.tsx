import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Page, type Frame, type PageProps } from "./page.tsx";

const frame: Frame = {
  home: "/",
  nav: [
    { href: "/progress", label: "征询进展", current: true },
    { href: "/help", label: "常见问题" },
  ],
  view: { elder: false, href: "/view?to=elder" },
  phone: { number: "021-0000 0000" },
};
const draw = (props: Partial<PageProps> = {}) =>
  renderToStaticMarkup(
    <Page {...frame} title="海棠苑" {...props}>
      <p>正文</p>
    </Page>,
  );

describe("a visitor on any page", () => {
  it("can jump to the content, call the committee and switch the view", () => {
    const html = draw();
    expect(html).toMatch(/^<div class="page"><a class="page-skip" href="#content">/);
    expect(html).toContain('<main id="content" tabindex="-1">');
    expect(html).toContain('href="tel:02100000000"');
    expect(html).toContain(">打电话给居委会 <span>021-0000 0000</span>");
    expect(html).toContain('<a class="page-view" href="/view?to=elder">长辈版</a>');
    expect(draw({ view: { elder: true, href: "/view?to=normal" } })).toContain(">普通版</a>");
  });

  it("finds the ways on beside the brand, and on a phone in the menu that opens where it is tapped", () => {
    const html = draw({ account: { links: [{ href: "/me", label: "我的" }] } });
    expect(html.match(/<nav/g)).toHaveLength(2);
    expect(html).toContain('aria-label="主导航"');
    expect(html).toMatch(/<details class="page-menu"><summary>菜单<\/summary><div><nav class="page-nav" aria-label="全部栏目">.*<a href="\/me">我的<\/a>/);
    expect(html).toContain('<a href="/progress" aria-current="page">征询进展</a>');
  });

  it("has one heading of the first level", () => {
    expect(draw().match(/<h1/g)).toHaveLength(1);
    expect(draw({ title: { eyebrow: "第3居委", title: "白杨苑", lead: "31 个楼道", badges: [{ children: "施工中" }] } })).toMatch(
      /第3居委<\/p><h1>白杨苑<\/h1>.*施工中.*31 个楼道/,
    );
    expect(draw({ title: undefined })).not.toContain("<h1");
  });

  it("sees where they are", () => {
    const html = draw({ crumbs: [{ label: "首页", href: "/" }, { label: "海棠苑" }] });
    expect(html).toContain('<a href="/">首页</a>');
    expect(html).toContain('<span aria-current="page">海棠苑</span>');
    const titled = (title: string) => draw({ title, crumbs: [{ label: "我的工地", href: "/site" }, { label: "海棠苑 3幢5号" }] });
    expect(titled("海棠苑 3幢5号"), "a phone leaves out what the heading says").toContain("data-twice");
    expect(titled("今天到哪一步？"), "a phone, too, says which site this is").not.toContain("data-twice");
  });

  it("is told on every page of the demo that nothing here counts", () => {
    const html = draw({ notice: { screen: "演示环境：这里的一切都不作数", paper: "演示，不作数" } });
    expect(html).toContain('<p class="page-notice">演示环境：这里的一切都不作数</p>');
    expect(html).toContain("演示，不作数");
    expect(draw()).not.toMatch(/page-notice|paper/);
  });

  it("needs no script", () => {
    expect(draw()).not.toMatch(/<script|onclick|style=/);
  });
});

describe("a clerk at the desk", () => {
  it("signs out by a form, so that no link can do it", () => {
    const html = draw({ desk: true, account: { name: "第3居委", signOut: "/sign-out" } });
    expect(html).toContain('data-desk="true"');
    expect(html).toContain('<form method="post" action="/sign-out">');
    expect(html).toContain("第3居委");
  });
});
