/** The headers on every answer, errors included. `scripts` is the nonce of a page that runs scripts; none elsewhere. A file brings a stricter policy of its own. */
export function protect(headers: Headers, { scripts, secure, upgrade = "" }: { scripts?: string | undefined; secure: boolean; upgrade?: string }): void {
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", pagePolicy(scripts, upgrade));
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  if (secure) headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
}

function pagePolicy(scripts: string | undefined, upgrade: string): string {
  const script = scripts ? `'nonce-${scripts}' 'strict-dynamic'` : "'none'";
  return [
    "default-src 'none'",
    `script-src ${script}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${upgrade}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
