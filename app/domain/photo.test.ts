import { describe, expect, it } from "vitest";
import { AddPhotosForm, DecidePhotoForm, whyPhotoDecisionIsRefused } from "./photo.ts";

const hidden = { isPublic: false, isRemoved: false };
const show = { decision: "show", looked: "yes" } as const;
const remove = { decision: "remove", reason: "角落里有人" } as const;

describe("a photo", () => {
  it("is shown once somebody has looked at it", () => {
    expect(whyPhotoDecisionIsRefused(hidden, show)).toBeNull();
    expect(whyPhotoDecisionIsRefused(hidden, { decision: "show" })).toEqual({ code: "photo_not_looked", at: "looked" });
    expect(whyPhotoDecisionIsRefused({ ...hidden, isPublic: true }, show)).toEqual({ code: "photo_shown" });
  });

  it("is removed with a reason, shown or not", () => {
    expect(whyPhotoDecisionIsRefused(hidden, remove)).toBeNull();
    expect(whyPhotoDecisionIsRefused({ ...hidden, isPublic: true }, remove)).toBeNull();
    expect(whyPhotoDecisionIsRefused(hidden, { decision: "remove" })).toEqual({ code: "photo_reason_missing", at: "reason" });
  });

  it("of another stairwell, or one that is gone, is neither", () => {
    for (const decided of [show, remove]) {
      expect(whyPhotoDecisionIsRefused(undefined, decided)).toEqual({ code: "photo_unknown" });
      expect(whyPhotoDecisionIsRefused({ isPublic: true, isRemoved: true }, decided)).toEqual({ code: "photo_removed" });
    }
  });
});

describe("the forms", () => {
  it("take words of at most 60 characters, one decision, and a tick that is one", () => {
    expect(AddPhotosForm.safeParse({ caption: "井".repeat(61) }).error?.issues[0]?.message).toBe("too-long");
    expect(AddPhotosForm.safeParse({}).error?.issues[0]?.message).toBe("missing");
    expect(DecidePhotoForm.safeParse({ decision: "show", looked: "maybe" }).error?.issues[0]?.message).toBe("unknown");
    expect(DecidePhotoForm.safeParse({ decision: "burn" }).error?.issues[0]?.message).toBe("missing");
    expect(DecidePhotoForm.parse({ decision: "remove", looked: "", reason: " " })).toEqual({ decision: "remove" });
  });
});
