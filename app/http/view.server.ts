import { readRawCookie } from "./session.server.ts";

export type View = "normal" | "elder";

/** The view that this browser asked for: normal, or the elder view 长辈版. */
export function readView(request: Request): View {
  return readRawCookie(request, "view") === "elder" ? "elder" : "normal";
}

/** Not of one host by its name: a cache in front tells the two views apart by it, as the portal's own does. */
export function viewCookie(view: View, secure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return view === "elder" ? `view=elder; Max-Age=31536000; ${attributes}` : `view=normal; Max-Age=0; ${attributes}`;
}
