/** The mark of the portal: a lift on its way up. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="page-mark" width="32" height="32" rx="9" />
      <path className="page-mark-arrow" d="M16 25V7.5M9.5 14L16 7.5 22.5 14" />
    </svg>
  );
}
