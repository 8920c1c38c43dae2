import { describe, expect, it } from "vitest";
import { workplaceOf, type Role, type Workplace } from "./roles.ts";

describe("the own work", () => {
  it.each<[Role[], Workplace]>([
    [["committee"], "desk"],
    [["office"], "desk"],
    [["assessor"], "assessments"],
    [["contractor"], "site"],
    [["agent"], "site"],
    [["supervisor"], "site"],
    [["admin"], "accounts"],
    [["resident"], "me"],
    [[], "me"],
    [["admin", "contractor", "assessor", "committee"], "desk"],
  ])("of %j is at %s", (roles, place) => {
    expect(workplaceOf(roles)).toBe(place);
  });
});
