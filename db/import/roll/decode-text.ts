import { refuse, type Refused } from "./table.ts";

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const BYTE_ORDER_MARKS: [encoding: string, mark: number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Reads bytes as text in the encoding that they show: a byte order mark decides, else UTF-8, else GB18030 where
 * UTF-8 does not allow the bytes. Line ends become "\n". Refuses what no encoding allows and what is no text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } | Refused {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  const candidates = marked ? [marked[0]] : ["utf-8", "gb18030"];
  for (const encoding of candidates) {
    const text = tryDecode(bytes, encoding);
    if (text === null) continue;
    if (text.includes("\0")) return refuse("not_text");
    return { text: text.replace(/\r\n?/g, "\n"), encoding };
  }
  return refuse("unknown_encoding");
}
