import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction, openDatabase } from '#lib/server/database.ts';
import { writingSchema } from './writing.ts';

/** A process of the drill `writers`: so many writers at once, each with so many transactions one after the other. */
process.once('message', async (message) => {
  const { appUrl, process: ours, writers, entriesEach } = writingSchema.parse(message);
  const db = openDatabase(appUrl);
  const errors: string[] = [];
  let written = 0;
  const write = async (writer: string) => {
    for (let n = 0; n < entriesEach; n += 1) {
      const event = {
        type: 'check.requested',
        version: 1,
        launch: null,
        actor: writer,
        data: { n },
      } as const;
      try {
        await inLedgerTransaction(db, (tx) => append(tx, [event]));
        written += 1;
      } catch (error) {
        errors.push(String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, n) => write(`writer ${ours}.${n}`)));
  await db.$disconnect();
  process.send?.({ written, errors: errors.slice(0, 10) }, () => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
