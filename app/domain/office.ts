import type { Stage } from "./stages.ts";

/** How long the stairwells of a stage have been in it, in whole days. */
export interface StageWait {
  stage: Stage;
  count: number;
  median: number;
  longest: number;
}
