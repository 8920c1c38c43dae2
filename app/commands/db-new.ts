import { writeFileSync } from "node:fs";

/** `npm run db:new -- what_it_does`: an empty migration, named by the minute. */
const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write("用法：npm run db:new -- what_it_does（小写字母、数字、下划线）\n");
  process.exit(2);
}
const minute = new Date().toISOString().slice(0, 16).replace(/[-:]/g, "");
const file = `db/migrations/${minute}_${name}.ts`;
const text = `import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`\`.execute(db);
}
`;
writeFileSync(file, text, { flag: "wx" });
console.log(file);
