import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/servers/**', 'node_modules/**'],
    // Two cores are the smallest machine; every file that needs a server shares the run's one (global setup).
    maxWorkers: 2,
    globalSetup: ['test/support/global-setup.ts'],
    // Stories in real time on two busy cores: one that fails is told again, and a failure that stays is one.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
