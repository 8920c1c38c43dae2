import { ConfigError, readConfig, type Config } from "../config.server.ts";
import { startPortal } from "../server.ts";
import { connect } from "#db/client.server.ts";
import { couldLeaveRole } from "#db/queries/accounts.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { existsSync } from "node:fs";
import { endOrderly, run } from "./run.ts";

/**
 * Whether the database login may be used: one that owns the tables could undo what only the restricted role holds it to.
 *
 * @throws ConfigError for such a login, unless the settings allow it
 */
async function refusePower({ allowOwnerLogin }: Config, url: string): Promise<void> {
  const client = connect(url, { max: 1 });
  if (!(await couldLeaveRole(client.db).finally(() => client.close()))) return;
  const why = "DATABASE_URL 的登录角色拥有数据表或是超级用户。请另设只属于 jiati_app 的登录角色，见 docs/how-to/run-for-real.md";
  if (!allowOwnerLogin) throw new ConfigError(`不能启动：${why}；试用时可设 ALLOW_OWNER_LOGIN=yes。`);
  console.warn(`注意：${why}。`);
}

await run(async () => {
  const config = readConfig(process.env, { demands: "production" });
  if (!existsSync("build/server/index.js")) throw new Error("没有 build/，请先运行 npm run build。");
  const database = await openDatabase(config, { holder: "portal", say: console.log });
  try {
    await refusePower(config, database.url);
  } catch (error) {
    await database.close();
    throw error;
  }
  const portal = await startPortal(config, database);
  endOrderly(async () => {
    await portal.close();
    await database.close();
  });
  console.log(`加梯一键通已启动：${portal.url}`);
});
