import { readConfig } from "../config.server.ts";
import { startPortal } from "../server.ts";
import { openDatabase } from "#db/open.server.ts";
import { existsSync } from "node:fs";
import { endOrderly, run } from "./run.ts";

await run(async () => {
  const config = readConfig(process.env, { demands: "production" });
  if (!existsSync("build/server/index.js")) throw new Error("没有 build/，请先运行 npm run build。");
  const database = await openDatabase(config, { holder: "portal", say: console.log });
  const portal = await startPortal(config, database);
  endOrderly(async () => {
    await portal.close();
    await database.close();
  });
  console.log(`加梯一键通已启动：${portal.url}`);
});
