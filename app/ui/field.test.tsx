import { renderToStaticMarkup } from "react-dom/server";
import type { UseFormRegisterReturn } from "react-hook-form";
import { describe, expect, it } from "vitest";
import { fieldError } from "#app/i18n/zh-CN/forms.ts";
import { ErrorSummary, inTheirWords } from "./error-summary.tsx";
import { CheckField, ChoiceField, Field } from "./field.tsx";

const registered: UseFormRegisterReturn<"phone"> = {
  name: "phone",
  ref: () => undefined,
  onBlur: async () => undefined,
  onChange: async () => undefined,
};

describe("someone filling in a form without scripts", () => {
  it("hears hint and error with the field", () => {
    const html = renderToStaticMarkup(<Field name="phone" type="tel" label="手机号" hint="不公开" error="应为 11 位" />);
    expect(html).toContain('<label for="field-phone">');
    expect(html).toContain('aria-describedby="field-phone-hint field-phone-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toMatch(/id="field-phone-hint">不公开/);
    expect(html).toMatch(/id="field-phone-error">.*应为 11 位/);
  });

  it("hears nothing of errors where there are none", () => {
    const html = renderToStaticMarkup(<Field name="phone" label="手机号" />);
    expect(html).not.toMatch(/aria-describedby|aria-invalid|data-wrong/);
  });

  it("finds again what was typed, in every kind of field", () => {
    expect(renderToStaticMarkup(<Field name="a" label="a" defaultValue="王芳" />)).toContain('value="王芳"');
    expect(renderToStaticMarkup(<Field name="a" label="a" type="textarea" defaultValue="采光" />)).toContain(">采光</textarea>");
    const select = (
      <Field name="a" label="a" type="select" placeholder="请选择" options={[{ value: "2", label: "202 室" }]} defaultValue="2" />
    );
    expect(renderToStaticMarkup(select)).toContain('<option value="2" selected="">202 室</option>');
  });

  it("keeps the value on the server with react-hook-form's own props", () => {
    const html = renderToStaticMarkup(<Field name="phone" label="手机号" defaultValue="138" inputProps={registered} />);
    expect(html).toContain('name="phone"');
    expect(html).toContain('value="138"');
    expect(renderToStaticMarkup(<Field name="phone" type="textarea" label="x" inputProps={registered} />)).toContain("<textarea");
    expect(
      renderToStaticMarkup(<Field name="phone" type="select" options={[]} label="x" inputProps={registered} />),
    ).toContain("<select");
  });

  it("is told which fields may stay empty", () => {
    expect(renderToStaticMarkup(<Field name="a" label="备注" optional />)).toContain("（可不填）");
  });

  it("chooses one of several answers, the filled one chosen, the first one reachable from the summary", () => {
    const choices = [
      { value: "yes", label: "愿意" },
      { value: "no", label: "不愿意" },
    ];
    const html = renderToStaticMarkup(
      <ChoiceField name="choice" label="意愿" choices={choices} defaultValue="no" error="请选一项" inputProps={registered} />,
    );
    expect(html).toContain("<legend>意愿</legend>");
    expect(html).toContain('<fieldset class="choice" data-wrong="true" aria-describedby="field-choice-error">');
    expect(html.match(/type="radio"/g)).toHaveLength(2);
    expect(html).toMatch(/<input(?=[^>]*id="field-choice")(?=[^>]*value="yes")[^>]*>/);
    expect(html).toMatch(/<input(?=[^>]*checked)(?=[^>]*value="no")(?=[^>]*name="choice")[^>]*>/);
  });

  it("ticks a box and hears why it has to be ticked", () => {
    const html = renderToStaticMarkup(<CheckField name="owner" label="我是业主" defaultChecked error="请先确认" />);
    expect(html).toMatch(/<input(?=[^>]*checked)(?=[^>]*type="checkbox")(?=[^>]*aria-describedby="field-owner-error")[^>]*>/);
  });
});

describe("an error says what the form asks", () => {
  const error = { name: "kind", message: fieldError("missing", "kind") };

  it("at the field", () => {
    expect(renderToStaticMarkup(<Field name="kind" label="类别" error={error.message} />)).toContain("还没有填“类别”");
  });

  it("in the summary, however deep the field stands in the form", () => {
    const form = <div><p>说明</p><><Field name="kind" label="类别" /></></div>;
    expect(inTheirWords([error, { name: "day", message: "还没有填“日期”" }, { message: "请再试" }], form).map(({ message }) => message)).toEqual(["还没有填“类别”", "还没有填“日期”", "请再试"]);
  });
});

describe("the summary of errors", () => {
  const errors = [{ name: "phone", message: "应为 11 位" }, { message: "已经交过" }];

  it("leads to each field", () => {
    const html = renderToStaticMarkup(<ErrorSummary errors={errors} />);
    expect(html).toContain('<a href="#field-phone">应为 11 位</a>');
    expect(html).toContain("<li>已经交过</li>");
    expect(html).toContain("有 2 处要改");
  });

  it("speaks up and can take the focus", () => {
    expect(renderToStaticMarkup(<ErrorSummary errors={errors} />)).toMatch(/role="alert" tabindex="-1" autofocus=""/i);
  });

  it("is not there when nothing is wrong", () => {
    expect(renderToStaticMarkup(<ErrorSummary errors={[]} />)).toBe("");
  });
});
