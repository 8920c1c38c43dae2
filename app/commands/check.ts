import { parseArgs } from "node:util";
import { check as text } from "#app/i18n/zh-CN/check.ts";
import { consultationFile } from "#app/i18n/zh-CN/consultation-file.ts";
import { checkDocument } from "#app/record/check.ts";
import { readJson, standWhereCalled } from "./read-json.ts";

const TIMEOUT_MS = 30_000;

/** The JSON value at a place, or one line why there is none. */
async function read(place: string): Promise<{ value: unknown } | { message: string }> {
  if (!/^https?:\/\//.test(place)) {
    const file = readJson(place);
    return file.ok ? { value: file.value } : { message: consultationFile.unreadable(file.why, place) };
  }
  try {
    const response = await fetch(place, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? { value: await response.json() } : { message: `${text.unreachable(place)}（${response.status}）` };
  } catch {
    return { message: text.unreachable(place) };
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { head: { type: "string" }, key: { type: "string" } }, allowPositionals: true });
    return positionals.length === 0 ? undefined : { known: values, places: positionals };
  } catch {
    return undefined;
  }
}

// Exit status: 0 all hold, 1 one does not, 2 one could not be read.
standWhereCalled("check");
const given = readArguments();
if (!given) {
  process.stderr.write(`${text.usage}\n`);
  process.exitCode = 2;
}
for (const place of given?.places ?? []) {
  const document = await read(place);
  if ("message" in document) {
    process.stdout.write(`${JSON.stringify({ ok: false, message: document.message })}\n`);
    process.exitCode = 2;
    continue;
  }
  const checked = checkDocument(document.value, given?.known);
  process.stdout.write(`${JSON.stringify(checked.ok ? checked : { ...checked, message: text.fault(checked.code) })}\n`);
  if (!checked.ok) process.exitCode ??= 1;
}
