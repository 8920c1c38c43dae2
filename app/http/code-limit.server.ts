import type { PortalContext } from "./context.server.ts";

/** Counts a code asked for, to this phone from this address; the minutes to wait when there were too many, else null. */
export async function waitForCode({ limits, address }: PortalContext, phone: string): Promise<number | null> {
  return (
    (await limits.wait("code-address", address)) ??
    (await limits.wait("code-phone-address", `${phone} ${address}`)) ??
    (await limits.wait("code-phone", phone))
  );
}
