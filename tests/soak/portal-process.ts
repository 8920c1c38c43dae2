import { DefaultQueryCompiler } from "kysely";
import { readConfig } from "#app/config.server.ts";
import { startPortal } from "#app/server.ts";

/** The portal over a given database in a process of its own, for the soak to kill; ready when it says so. */
const [url = "", ownerUrl = "", filesFolder = "", variant] = process.argv.slice(2);

// For the negative control: the same portal, which asks the database to hold no row.
if (variant === "without-locks") Object.assign(DefaultQueryCompiler.prototype, { visitSelectModifier: () => {} });

const config = { ...readConfig(process.env, { demo: true }), storage: { at: "folder" as const, folder: filesFolder } };
const portal = await startPortal(config, { url, ownerUrl, name: "soak", close: () => Promise.resolve() });
console.log(`ready ${portal.url}`);
process.on("SIGTERM", () => void portal.close().then(() => process.exit(0)));
