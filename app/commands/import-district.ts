import path from "node:path";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { readConfig } from "#app/config.server.ts";
import type { DistrictStep } from "#app/domain/district.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { DistrictRefused } from "#db/import/district/faults.ts";
import { importDistrict } from "#db/import/district/import-district.server.ts";
import { openDatabase } from "#db/open.server.ts";

const SUBDISTRICT = "main";

const options = {
  name: { type: "string", default: text.defaults.name },
  phone: { type: "string", default: text.defaults.phone },
  subdistrict: { type: "string", default: SUBDISTRICT },
  database: { type: "string", default: "jiati" },
} as const;

/** `import district DIR`: 0 when the folder is imported, 1 when it was refused, 2 when the command line is wrong. */
export async function run(args: string[], from: string): Promise<number> {
  let given;
  try {
    given = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`${text.unknownOption((error as Error).message)}\n${text.usage}\n`);
    return 2;
  }
  const { values, positionals } = given;
  const [folder] = positionals;
  if (positionals.length !== 1 || !folder || !values.name.trim() || !/^[a-z0-9-]{1,32}$/.test(values.subdistrict)) {
    process.stderr.write(`${text.usage}\n`);
    return 2;
  }
  const database = await openDatabase(readConfig(process.env), {
    holder: "command",
    database: values.database,
    say: (line) => process.stdout.write(`${line}\n`),
  });
  try {
    const subdistrict = { code: values.subdistrict, name: values.name.trim(), phone: values.phone };
    return await importFolder({ ownerUrl: database.ownerUrl, folder: path.resolve(from, folder), subdistrict });
  } finally {
    await database.close();
  }
}

/** Imports a folder and tells the terminal how it goes; answers with the exit status. */
export async function importFolder({ ownerUrl, folder, subdistrict = { code: SUBDISTRICT, ...text.defaults } }: {
  ownerUrl: string;
  folder: string;
  subdistrict?: { code: string; name: string; phone: string };
}): Promise<number> {
  const start = performance.now();
  const progress = showProgress();
  try {
    const { changed, touched, counts } = await importDistrict({
      ownerUrl, folder, subdistrict, now: new Date(), wording: text.wording, onProgress: progress.show,
    });
    progress.end();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const lines = [changed ? text.imported(touched, seconds) : text.nothingNew(seconds), text.countsTitle, ...text.counts(counts)];
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  } catch (error) {
    progress.end();
    const lines =
      error instanceof DistrictRefused
        ? [text.refused(error.faults.length, error.more), ...error.faults.map(text.fault), ...(error.more ? [text.evenMore] : [])]
        : [text.failed(error instanceof Error ? error.message : String(error))];
    process.stderr.write(`${lines.join("\n")}\n`);
    return 1;
  }
}

/** A bar on a terminal, else a line for each step. */
function showProgress(): { show(progress: { step: DistrictStep; done: number }): void; end(): void } {
  if (!process.stdout.isTTY) {
    let last: DistrictStep | undefined;
    return {
      show({ step }) {
        if (step !== last) process.stdout.write(`${text.step(step)}\n`);
        last = step;
      },
      end() {},
    };
  }
  const bar = new SingleBar({ format: " {bar} {percentage} %  {step}", hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  bar.start(1, 0, { step: "" });
  return {
    show: ({ step, done }) => bar.update(done, { step: text.step(step) }),
    end() {
      bar.update(1);
      bar.stop();
    },
  };
}
