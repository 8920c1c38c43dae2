import { readRawCookie } from "./session.server.ts";

export type View = "normal" | "elder";

/** The view that this browser asked for: normal, or the elder view 长辈版. */
export function readView(request: Request): View {
  return readRawCookie(request, "view") === "elder" ? "elder" : "normal";
}

export function viewCookie(view: View): string {
  return view === "elder" ? "view=elder; Path=/; Max-Age=31536000; SameSite=Lax" : "view=normal; Path=/; Max-Age=0; SameSite=Lax";
}
