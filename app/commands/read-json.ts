import { readFileSync, statSync } from "node:fs";
import type { UnreadableFile } from "#app/i18n/zh-CN/consultation-file.ts";

const MAX_BYTES = 256 * 1024 * 1024;
const BYTE_ORDER_MARK = "\uFEFF";

/** The JSON value of one file, or why there is none. */
export function readJson(file: string): { ok: true; value: unknown } | { ok: false; why: UnreadableFile } {
  let bytes: Uint8Array;
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return { ok: false, why: "directory" };
    // A device such as /dev/zero has no end; a pipe has.
    if (!stat.isFile() && !stat.isFIFO()) return { ok: false, why: "unreadable" };
    if (stat.size > MAX_BYTES) return { ok: false, why: "too_large" };
    bytes = readFileSync(file);
  } catch (error) {
    return { ok: false, why: whyUnreadable(error) };
  }
  let content: string;
  try {
    content = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, why: "not_utf8" };
  }
  if (content.startsWith(BYTE_ORDER_MARK)) return { ok: false, why: "byte_order_mark" };
  if (content.trim() === "") return { ok: false, why: "empty" };
  try {
    return { ok: true, value: JSON.parse(content) };
  } catch {
    return { ok: false, why: "not_json" };
  }
}

function whyUnreadable(error: unknown): UnreadableFile {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "missing";
  return code === "ERR_FS_FILE_TOO_LARGE" ? "too_large" : "unreadable";
}

/** npm starts a script in the folder of package.json; a file is named from where the auditor stands. */
export function standWhereCalled(script: string): void {
  if (process.env.npm_lifecycle_event === script && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
}
