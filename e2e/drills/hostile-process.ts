import { startHostile } from '#lib/server/outgoing/hostile.ts';

/** The hostile server in a process of its own, so that what it sends does not keep others of the drill from work. */
const { origin } = await startHostile();
process.send?.({ origin });
process.on('disconnect', () => process.exit(0));
