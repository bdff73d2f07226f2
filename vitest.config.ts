import { defineConfig } from 'vitest/config'

/** JSX of the server is kita's; the console's files say `@jsxImportSource react` through their own project when they are tested. */
const esbuild = { jsx: 'automatic', jsxImportSource: '@kitajs/html' } as const
/** What is waited for comes soon; on a machine that is busy with other things it may take its time, and no test should fail of that. */
const expect = { poll: { timeout: 20_000 } } as const
const common = { environment: 'node', pool: 'forks', restoreMocks: true, hookTimeout: 120_000, expect } as const

export default defineConfig({
  esbuild,
  test: {
    maxWorkers: 2,
    reporters: process.env.MINGTANG_TEST_JSON ? ['default', ['json', { outputFile: process.env.MINGTANG_TEST_JSON }]] : ['default'],
    projects: [
      {
        esbuild,
        test: {
          ...common,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          globalSetup: ['tests/setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        esbuild,
        // Walks over every route and field: thousands of calls, whose time is the machine's.
        test: { ...common, name: 'http', include: ['tests/http/**/*.test.ts'], globalSetup: ['tests/setup.ts'], testTimeout: 300_000 },
      },
      {
        esbuild,
        test: { ...common, name: 'browser', include: ['tests/browser/**/*.test.ts'], globalSetup: ['tests/browser/setup.ts'], testTimeout: 120_000, fileParallelism: false },
      },
      {
        esbuild,
        test: { ...common, name: 'start', include: ['tests/start/**/*.test.ts'], testTimeout: 600_000, fileParallelism: false },
      },
    ],
  },
})
