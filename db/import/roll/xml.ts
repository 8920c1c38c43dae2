const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/.source;
const ATTRIBUTE = `\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
const TOKEN = new RegExp(
  `<(/)?(${NAME})((?:${ATTRIBUTE})*)\\s*(/)?>|<\\?[^<>]*\\?>|<!--[^]*?-->|<!\\[CDATA\\[[^]*?\\]\\]>|[^<]+`,
  "y"
);
const UNKNOWN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/;

/**
 * Walks over the tags of an XML document that begin an element, until `onTag` answers anything but null, and gives
 * that answer. Else tells whether the document is whole and well formed; one with a DTD is not taken for that.
 */
export function walkTags<Answer>(
  xml: string,
  onTag: (name: string, attributes: string) => Answer | null
): Answer | "whole" | "malformed" {
  if (UNKNOWN_ENTITY.test(xml)) return "malformed";
  const open: string[] = [];
  let elements = 0;
  let at = 0;
  while (at < xml.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(xml);
    if (token === null) return "malformed";
    at = TOKEN.lastIndex;
    const [, isEnd, name, attributes = "", isEmpty] = token;
    if (name === undefined) continue;
    if (isEnd !== undefined) {
      if (open.pop() !== name) return "malformed";
      continue;
    }
    if (elements > 0 && open.length === 0) return "malformed";
    elements += 1;
    const answer = onTag(name.replace(/^.*:/, ""), attributes);
    if (answer !== null) return answer;
    if (isEmpty === undefined) open.push(name);
  }
  return elements > 0 && open.length === 0 ? "whole" : "malformed";
}

/** The value of an attribute as written, or null. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2] ?? null;
}
