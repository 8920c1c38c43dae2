/** Where the pictures of the guides are kept, and served from. */
export const PICTURE_FOLDER = "public/guide";

/** The largest a picture may be, so that a guide opens on a slow phone. */
export const MOST_PICTURE_BYTES = 40_000;

/** Pixels of a picture for one of CSS: words stay sharp where it is looked at closely. */
export const PICTURE_SCALE = { phone: 1.5, desk: 1.25 } as const;
