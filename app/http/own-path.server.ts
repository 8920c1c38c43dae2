/**
 * A path of this portal to go on to, or undefined: never another site, and nothing that cannot stand in a header –
 * other than printable ASCII only as a browser encodes it.
 */
export function ownPath(to: string | null | undefined): string | undefined {
  return to && to.length <= 1_000 && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(to) ? to : undefined;
}
