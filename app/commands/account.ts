import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { staffRoles } from "#app/domain/account.ts";
import { account as words } from "#app/i18n/zh-CN/account.ts";
import { addFirstAccount } from "#app/use-cases/account/add-account.server.ts";
import { connect } from "#db/client.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { readConfig } from "../config.server.ts";
import { run } from "./run.ts";

/** The password comes on standard input: arguments stand in the list of processes. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(words.askPassword);
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}

await run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: "string" },
      role: { type: "string", default: "committee" },
      committee: { type: "string" },
      stairwell: { type: "string", multiple: true },
    },
  });
  const [login] = positionals;
  const role = staffRoles.find((known) => known === values.role);
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
    const { name, committee, stairwell } = values;
    const added = await addFirstAccount(deps, { login, name, password, role, committee, stairwells: stairwell?.join(" ") });
    if (!added.ok) process.exitCode = 1;
    process[added.ok ? "stdout" : "stderr"].write(`${added.ok ? words.added(login) : words.refused(added.problem)}\n`);
  } finally {
    await close();
    await database.close();
  }
});
