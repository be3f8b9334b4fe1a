import { defineConfig } from 'vitest/config';

const unit = ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx', 'test/architecture.test.ts'];

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    // Two cores are the smallest machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // A worker for each of so many small files would cost twice what they take.
      { extends: true, test: { name: 'unit', include: unit, isolate: false } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...unit, 'test/servers/**', 'node_modules/**'],
          // Every file that needs a server shares the run's one.
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
