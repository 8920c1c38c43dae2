import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlace, type Place } from "../soak/place.ts";
import { soak, type Soaked } from "../soak/soak.ts";

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

const none: Soaked["faults"] = { lost: 0, unaccounted: 0, answeredDifferently: 0, bothTaken: 0, failures: 0, miscounted: 0, record: 0, files: 0 };
const sum = (faults: Soaked["faults"]) => Object.values(faults).reduce((total, count) => total + count);

// The same in full is `npm run soak`.
describe("many people who cast ballots at once", { timeout: 300_000 }, () => {
  it("lose none and have none counted twice, while consultations close and portal and database are killed", async () => {
    const { did, faults } = await soak(place, { writers: 8, consultations: 2, ballots: 100, kills: 1, pairEvery: 20 });
    console.log(`soak: ${JSON.stringify(did)}`);
    expect(faults).toEqual(none);
    expect(did.acknowledged).toBeGreaterThanOrEqual(100);
    expect(did).toMatchObject({ killsOfDatabase: 1, killsOfPortal: 1 });
    expect(Math.min(did.sentTwice, did.conflicts, did.pages)).toBeGreaterThan(0);
  });

  it("would lose or repeat some if forms were not remembered, or rows not held", async () => {
    const size = { writers: 8, consultations: 1, ballots: 40, kills: 0, pairEvery: 2 };
    await place.asOwner("create function forget_form() returns trigger language plpgsql as 'begin return null; end'");
    await place.asOwner("create trigger forget_form before insert on form_post for each row execute function forget_form()");
    expect((await soak(place, size)).faults.answeredDifferently).toBeGreaterThan(0);
    await place.asOwner("drop trigger forget_form on form_post");
    await place.killPortal("without-locks");
    expect(sum((await soak(place, size)).faults)).toBeGreaterThan(0);
  });
});
