/** What tells the words of one ground from all others. */
export interface Marks {
  /** A character in each name and each word about a person. */
  people: string;
  /** The same for what the contractor is asked, who may read it. */
  site: string;
  /** The same for the names of staff. */
  staff: string;
  /** The same for what assessors write, and for what is public by intent. */
  assessor: string;
  open: string;
  /** Five digits with which each phone begins, and three that stand before its last. */
  phones: string;
  tail: string;
}
