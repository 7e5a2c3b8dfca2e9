import { defineConfig } from 'vitest/config';

// `react-server` lets server-only modules be imported, as every process of ours but the web's does.
const conditions = ['react-server', 'node', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['react-server', 'node'] } },
  test: {
    include: [
      'lib/**/*.test.ts',
      'e2e/**/*.test.ts',
      'components/**/*.test.{ts,tsx}',
      'app/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
