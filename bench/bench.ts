import '#lib/cli/bundle.ts';
import { boardBench } from './board.ts';
import { collectionBench } from './collection.ts';
import { coverageBench } from './coverage.ts';
import { dashboardsBench } from './dashboards.ts';

/** Measured claims, each beside its baseline in the same run. Ratios are printed, never asserted. */
console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
await dashboardsBench();
await coverageBench();
await boardBench();
await collectionBench();
