/** What the pictures of the guides are taken on and shown as, in pixels of CSS. */
export const guideScreens = {
  phone: { width: 390, height: 660 },
  desk: { width: 960, height: 640 },
} as const;
