import { createInterface } from "node:readline";
import { forgetWords } from "#app/i18n/zh-CN/forget.ts";
import { mobile } from "#app/domain/text.ts";
import { forgetPerson } from "#app/use-cases/retention/forget-person.server.ts";
import { connect } from "#db/client.server.ts";
import { run } from "./run.ts";
import { openStores } from "./stores.ts";

/** Removes what is kept about somebody who asks for it. Numbers come on standard input: arguments stand in the list of processes. */
await run(async () => {
  if (process.stdin.isTTY) process.stderr.write(forgetWords.ask);
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    lines.push(line.trim());
    if (lines.length === 2) break;
  }
  const phone = mobile.safeParse(lines[0]);
  if (!phone.success || process.argv.length > 2) {
    process.stderr.write(`${forgetWords.usage}\n`);
    process.exitCode = 2;
    return;
  }
  const { database, vault } = await openStores();
  const { db, close } = connect(database.url, { max: 1 });
  try {
    const { rows, stillOwner } = await forgetPerson({ db, vault, now: new Date() }, { phone: phone.data, idNumber: lines[1]?.toUpperCase() || null });
    process.stdout.write(`${forgetWords.done(rows)}\n`);
    if (stillOwner) process.stdout.write(`${forgetWords.stillOwner}\n`);
  } finally {
    await close();
    await database.close();
  }
});
