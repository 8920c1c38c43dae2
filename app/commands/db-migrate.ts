import { readConfig } from "#app/config.server.ts";
import { openDatabase } from "#db/open.server.ts";

const database = await openDatabase(readConfig(process.env), { holder: "command", say: console.log });
await database.close();
console.log("数据库已是最新。");
