/**
 * The protecting headers that an answer lacks or has wrong.
 *
 * @param personal whether it is for one person: no memory on the way may keep it
 */
export function missingProtection(headers: Headers, { secure, personal = false }: { secure: boolean; personal?: boolean }): string[] {
  const said = (name: string) => headers.get(name) ?? "";
  const policy = said("Content-Security-Policy");
  const scripts = /(?:^|; )script-src ([^;]*)/.exec(policy)?.[1] ?? /^default-src ('none')/.exec(policy)?.[1];
  const wants: Record<string, boolean> = {
    "script-src": /^'none'$/.test(scripts ?? "") || /^'nonce-[\w-]{22}' 'strict-dynamic'$/.test(scripts ?? ""),
    "default-src": policy.includes("default-src 'none'"),
    "frame-ancestors": policy.includes("frame-ancestors 'none'") && said("X-Frame-Options") === "DENY",
    nosniff: said("X-Content-Type-Options") === "nosniff",
    "Referrer-Policy": said("Referrer-Policy") === "strict-origin-when-cross-origin",
    "Strict-Transport-Security": !secure || /^max-age=\d{8,}; includeSubDomains$/.test(said("Strict-Transport-Security")),
    "Cache-Control": personal ? said("Cache-Control") === "no-store" : said("Cache-Control") !== "",
  };
  return Object.keys(wants).filter((name) => !wants[name]);
}

/** What an answer must never say: where in which file something went wrong, or what the database was asked. */
export const INSIDE = /\bat .{0,200}\.(?:js|ts|tsx|mjs):\d|node_modules|(?:Syntax|Type|Reference|Range)Error|relation "|select .{0,80} from "|ECONNREFUSED/;
