import { defineConfig } from 'vitest/config';

// PostgreSQL 10 and 14 to 17: the packages are fetched on first use, so this is not part of `npm test`.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ['test/servers/**/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
