import { defineConfig } from "kysely-ctl";

/** For `npm run db:new -- what_it_does` alone: migrations are run by db/migrate.server.ts. */
export default defineConfig({
  dialect: "pg",
  dialectConfig: {},
  migrations: {
    migrationFolder: "db/migrations",
    getMigrationPrefix: () => `${new Date().toISOString().slice(0, 16).replace(/[-:]/g, "")}_`,
  },
});
