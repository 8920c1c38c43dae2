import { describe, expect, it } from "vitest";
import { attributeOf, walkTags } from "./xml.ts";

const walked = (xml: string) => {
  const tags: [string, string][] = [];
  const end = walkTags(xml, (name, attributes) => {
    tags.push([name, attributes.trim()]);
    return null;
  });
  return end === "whole" ? tags : null;
};

describe("an XML document", () => {
  it("is walked tag by tag, without prefixes, past comments, instructions and character data", () => {
    expect(walked(`<?xml version="1.0"?><x:a><!-- <z> --><b r='1'/>1 &lt; 2 &#x20;<![CDATA[<y>]]></x:a>\n`)).toEqual([
      ["a", ""],
      ["b", "r='1'"],
    ]);
  });

  it.each([
    "",
    "text",
    "<a>",
    "<a></b>",
    "</a>",
    "<a <b/>",
    "<a b=1/>",
    "<a>&b;</a>",
    "<!DOCTYPE a><a/>",
    "<a/><b",
    "<a/><b/>",
  ])("that is not well formed is told: %s", (xml) => {
    expect(walked(xml)).toBeNull();
  });

  it("is walked no further than wanted", () => {
    expect(walkTags("<a><b/><c>", (name) => (name === "b" ? "found" : null))).toBe("found");
  });

  it("has attributes in either kind of quotes", () => {
    expect(attributeOf(` s="1" r='B2'`, "r")).toBe("B2");
    expect(attributeOf(` r = "B2"`, "r")).toBe("B2");
    expect(attributeOf(` x:r="B2"`, "r")).toBeNull();
  });
});
