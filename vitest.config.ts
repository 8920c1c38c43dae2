import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The browser's files wait most and take longest: they begin first, so that none is left to run alone at the end. */
class BrowserFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const inBrowser = ({ project }: TestSpecification) => Number(project.name === "browser");
    return sorted.sort((a, b) => inBrowser(b) - inBrowser(a));
  }
}

export default defineConfig({
  test: {
    maxWorkers: 3,
    // `--sequence.shuffle.files` asks for any other order.
    sequence: process.argv.some((word) => word.startsWith("--sequence.")) ? {} : { sequencer: BrowserFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["app/**/*.test.{ts,tsx}", "db/**/*.test.ts", "tests/unit/**/*.test.ts"],
          setupFiles: ["tests/support/same-draws.ts"],
          testTimeout: 120_000,
          // Rules without state: the modules of one file are as good for the next.
          isolate: false,
        },
      },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/support/database.global.ts"],
          setupFiles: ["tests/support/same-draws.ts", "tests/support/each-file.ts"],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 30_000 } },
          // Each file has a database of its own; what the process loads is the same for all.
          isolate: false,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: ["tests/support/database.global.ts"],
          // Each file has a portal of its own over a database of its own; browser and build are the same for all.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // As patient as the browser's own waiting.
          expect: { poll: { timeout: 30_000 } },
          // A busy machine may stop a browser at any moment: once more, and the report says so (decision 0070).
          retry: 1,
        },
      },
    ],
  },
});
