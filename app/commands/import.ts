import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { run } from "./run.ts";

interface Command {
  /** Takes the rest of the command line and the folder in which it was typed; answers with the exit status. */
  run(args: string[], from: string): Promise<number>;
}

const commands: Record<string, () => Promise<Command>> = {
  district: () => import("./import-district.ts"),
  roll: () => import("./import-roll.ts"),
};

// npm starts a script in the folder of package.json; files are named from where the person stands.
const from = (process.env["npm_lifecycle_event"] === "import" && process.env["INIT_CWD"]) || process.cwd();
const [name = "", ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  await run(async () => {
    const found = await command();
    process.exitCode = await found.run(args, from);
  });
} else {
  process.stderr.write(`${text.usage}\n`);
  process.exitCode = 2;
}
