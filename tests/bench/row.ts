/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  what: string;
  reference: string;
  measured: string;
  referenceMeasured: string;
  ratio: string;
  aim: string;
}
