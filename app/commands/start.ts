import { readConfig } from "../config.server.ts";
import { startPortal } from "../server.ts";
import { connect } from "#db/client.server.ts";
import { couldLeaveRole } from "#db/queries/accounts.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { existsSync } from "node:fs";
import { endOrderly, run } from "./run.ts";

/** Says in a line when the database login could undo what only the restricted role holds it to. */
async function warnOfPower(url: string): Promise<void> {
  const client = connect(url, { max: 1 });
  if (await couldLeaveRole(client.db).finally(() => client.close())) {
    console.warn("注意：DATABASE_URL 的登录角色拥有数据表或是超级用户。正式使用请另设只属于 jiati_app 的登录角色，见 docs/how-to/run-for-real.md。");
  }
}

await run(async () => {
  const config = readConfig(process.env, { demands: "production" });
  if (!existsSync("build/server/index.js")) throw new Error("没有 build/，请先运行 npm run build。");
  const database = await openDatabase(config, { holder: "portal", say: console.log });
  await warnOfPower(database.url);
  const portal = await startPortal(config, database);
  endOrderly(async () => {
    await portal.close();
    await database.close();
  });
  console.log(`加梯一键通已启动：${portal.url}`);
});
