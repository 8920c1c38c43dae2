import { parseConsultationFile } from "#app/domain/consultation-file.ts";
import { tally, type TallyResult } from "#app/domain/tally.ts";
import { consultationFile as text } from "#app/i18n/zh-CN/consultation-file.ts";
import { readJson, standWhereCalled } from "./read-json.ts";

interface Refused {
  error: { at: string; message: string };
}

function recount(document: unknown): TallyResult | Refused {
  const parsed = parseConsultationFile(document);
  if (parsed.ok) return tally(parsed.consultation);
  process.exitCode = 2;
  return { error: { at: parsed.at, message: text.fault(parsed.code) } };
}

function recountFile(file: string): (TallyResult | Refused)[] | TallyResult | Refused {
  const read = readJson(file);
  if (read.ok) return Array.isArray(read.value) ? read.value.map(recount) : recount(read.value);
  process.exitCode = 2;
  return { error: { at: "", message: text.unreadable(read.why, file) } };
}

standWhereCalled("recount");

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write(`${text.recountUsage}\n`);
  process.exitCode = 2;
}
for (const file of files) process.stdout.write(`${JSON.stringify(recountFile(file))}\n`);
