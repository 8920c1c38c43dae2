import { openEmbedded } from "#db/embedded.server.ts";

/** Holds the embedded database of a folder as the portal does, until it is told to end: a process for tests to kill. */
const [dataDir = ""] = process.argv.slice(2);
try {
  const embedded = await openEmbedded({ dataDir, database: "jiati", holder: "portal", say: (line) => console.log(line) });
  console.log(`home ${embedded.home}`);
  console.log(`ready ${embedded.ownerUrl}`);
  process.on("SIGTERM", () => void embedded.stop().then(() => process.exit(0)));
} catch (error) {
  console.log(`refused ${(error as Error).message}`);
  process.exit(1);
}
