import { pino } from "pino";
import { folderStorage } from "#app/integrations/storage.server.ts";
import { startJobs } from "#app/jobs.server.ts";
import { testVault } from "./factories.ts";

/** A worker of the job queue in a process of its own, at a moment that is told: for tests to kill. */
const [url = "", filesFolder = "", now = ""] = process.argv.slice(2);

await startJobs({ url, vault: testVault, sms: null, storage: folderStorage(filesFolder), log: pino({ level: "silent" }), clock: () => new Date(now) });
