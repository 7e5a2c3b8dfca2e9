import '#lib/cli/bundle.ts';
import { boardBench } from './board.ts';
import { collectionBench } from './collection.ts';
import { coverageBench } from './coverage.ts';
import { dashboardsBench } from './dashboards.ts';
import { vendorsBench } from './vendors.ts';

const benches = {
  dashboards: dashboardsBench,
  coverage: coverageBench,
  board: boardBench,
  collection: collectionBench,
  vendors: vendorsBench,
};

/** Measured claims, each beside its baseline in the same run: all, or those that are named. Ratios are printed, never asserted. */
const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(
    `There is no bench "${unknown.join('", "')}". There are: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(3);
}
console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
for (const [name, bench] of Object.entries(benches)) {
  if (named.length === 0 || named.includes(name)) await bench();
}
