import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { account as words } from "#app/i18n/zh-CN/account.ts";
import { addAccount } from "#app/use-cases/account/add-account.server.ts";
import { connect } from "#db/client.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { readConfig } from "../config.server.ts";
import { run } from "./run.ts";

const ROLES = ["committee", "office", "admin"] as const;

/** The password comes on standard input: arguments stand in the list of processes. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(words.askPassword);
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}

await run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: "string" }, role: { type: "string", default: "committee" }, committee: { type: "string" } },
  });
  const [login] = positionals;
  const role = ROLES.find((known) => known === values.role);
  if (!login || positionals.length > 1 || !values.name || !role) {
    process.stderr.write(`${words.usage}\n`);
    process.exitCode = 2;
    return;
  }
  const password = await readPassword();
  const config = readConfig(process.env);
  const database = await openDatabase(config, { holder: "command", say: console.log });
  const { db, close } = connect(database.url, { max: 1 });
  try {
    const deps = { db, vault: createVault(config.dataKey), now: new Date() };
    const added = await addAccount(deps, { login, name: values.name, password, role, committee: values.committee ?? null });
    if (!added.ok) process.exitCode = 1;
    process[added.ok ? "stdout" : "stderr"].write(`${added.ok ? words.added(login) : words.refused(added.problem.code)}\n`);
  } finally {
    await close();
    await database.close();
  }
});
