import { openPlace } from "./place.ts";
import { soak } from "./soak.ts";

/** The soak in full; prints what was done and what was found, and fails if anything was. */
const [ballots = 20_000, kills = 20, consultations = 50, writers = 50] = process.argv.slice(2).map(Number);
const begun = Date.now();
const place = await openPlace();
const seconds = () => Math.round((Date.now() - begun) / 1000);
const { did, faults } = await soak(place, { writers, consultations, ballots, kills, pairEvery: 20 }, (killed, acknowledged) => console.log(`${seconds()} s: ${acknowledged} ballots, ${killed} killed`));
await place.close();
console.table({ ...did, seconds: seconds() });
console.table(faults);
process.exit(Object.values(faults).every((count) => count === 0) ? 0 : 1);
