import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { ADVISORIES, readAdvisories, type Advisory } from "./advisories.ts";

/** Adds to the list what the audit service knows of the locked versions; where it is out of reach the list stays as it is. */
const Finding = z.object({ name: z.string(), title: z.string(), url: z.string(), range: z.string() });
const Audit = z.object({ vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), Finding])) })) });

const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8" });
const audit = Audit.safeParse(stdout === "" ? undefined : JSON.parse(stdout));
if (!audit.success) {
  console.error("the audit service is out of reach; the list stays as it is");
  process.exit(1);
}
const list = readAdvisories();
const known = new Set(list.advisories.map((advisory) => `${advisory.package} ${advisory.id}`));
const found = Object.values(audit.data.vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== "string"));
const added = found.map(({ name, title, url, range }): Advisory => ({ package: name, range, id: url.split("/").at(-1) ?? "", about: title })).filter((advisory) => !known.has(`${advisory.package} ${advisory.id}`));
const advisories = [...list.advisories, ...added].sort((a, b) => a.package.localeCompare(b.package, "en"));
writeFileSync(ADVISORIES, `${JSON.stringify({ readOn: new Date().toISOString().slice(0, 10), advisories }, null, 2)}\n`);
console.log(`${added.length} new; those that a locked version falls under and nobody has accepted fail tests/unit/advisories.test.ts`);
