import 'server-only';
import pg from 'pg';
import { z } from 'zod';
import { appConnection } from './database.ts';
import { environment } from './env.ts';
import { liveChannel } from './live.ts';

const noticeSchema = z.object({ what: z.enum(['board', 'seen']), launch: z.string(), version: z.number() });
export type LiveNotice = z.infer<typeof noticeSchema>;

type Listener = (notice: LiveNotice) => void;

/** One listening connection for all open streams of this process, opened with the first and kept. */
class LiveHub {
  readonly #listeners = new Set<Listener>();
  #client: Promise<void> | null = null;

  /** Hears every notice until the returned function is called. Resolves once it is listening. */
  async hear(listener: Listener): Promise<() => void> {
    this.#client ??= this.#connect();
    await this.#client;
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(appConnection(environment().databaseUrl ?? '', { statementMs: 0 }));
    client.on('notification', ({ payload }) => this.#tell(payload ?? ''));
    // Streams end when the connection does, so that each comes back and is told the newest versions. It ends once, though
    // it may say so twice: by then another connection may stand in its place.
    let isLost = false;
    const lost = () => {
      if (!isLost) this.#lost();
      isLost = true;
    };
    client.on('error', lost);
    client.on('end', lost);
    try {
      await client.connect();
      await client.query(`LISTEN ${liveChannel}`);
    } catch (error) {
      lost();
      throw error;
    }
  }

  readonly #ends = new Set<() => void>();

  /** Calls back once when the listening connection is lost. */
  onLost(end: () => void): () => void {
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  #lost(): void {
    this.#client = null;
    for (const end of this.#ends) end();
    this.#ends.clear();
  }

  #tell(payload: string): void {
    const notice = noticeSchema.safeParse(readJson(payload));
    if (notice.success) for (const listener of this.#listeners) listener(notice.data);
  }
}

/** Whoever may connect may notify: what is no notice of ours is passed over. */
function readJson(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

const kept = globalThis as { bigGreenLiveHub?: LiveHub };

/** This process's hub. */
export function liveHub(): LiveHub {
  kept.bigGreenLiveHub ??= new LiveHub();
  return kept.bigGreenLiveHub;
}
