import { districtFiles, type DistrictFault, type DistrictFile } from "#app/domain/district.ts";

export const MOST_FAULTS = 100;

/** Leaves the import once there are more faults than anybody wants to read. */
export class TooManyFaults extends Error {}

/** Faults as they are found, at most MOST_FAULTS; of two at the same place the first is kept. */
export class FaultList {
  readonly #found = new Map<string, DistrictFault>();
  #more = false;

  /** @throws TooManyFaults when the list is full */
  add(fault: DistrictFault): void {
    const place = `${fault.file}\0${fault.line}\0${fault.column}`;
    if (this.#found.has(place)) return;
    if (this.#found.size === MOST_FAULTS) {
      this.#more = true;
      throw new TooManyFaults();
    }
    this.#found.set(place, fault);
  }

  get size(): number {
    return this.#found.size;
  }

    hasNoneIn(files: readonly DistrictFile[]): boolean {
    return ![...this.#found.values()].some((fault) => files.includes(fault.file));
  }

  /** How many more it can take, and one to find out that there are more. */
  get room(): number {
    return MOST_FAULTS - this.#found.size + 1;
  }

  /** Whether there are more faults than the list holds. */
  get more(): boolean {
    return this.#more;
  }

  /** By file and line. */
  sorted(): DistrictFault[] {
    return [...this.#found.values()].sort(
      (a, b) => districtFiles.indexOf(a.file) - districtFiles.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0),
    );
  }
}

/** The import was refused and nothing of it is stored. */
export class DistrictRefused extends Error {
  constructor(
    readonly faults: readonly DistrictFault[],
    /** Whether there are more than these. */
    readonly more: boolean,
  ) {
    super(`${faults.length} faults${more ? " and more" : ""}`);
  }
}
