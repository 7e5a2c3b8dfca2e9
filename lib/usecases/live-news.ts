import { readingsBetween } from '#lib/board/readings.ts';
import { readBoard } from '#lib/board/store.ts';
import type { BoardReadings, BoardView } from '#lib/domain/view.ts';
import { type House, house } from '#lib/server/house.ts';
import type { LiveNotice } from '#lib/server/live-hub.ts';

/** What a stream says of a launch. */
export type LiveWord =
  | { readonly event: 'board'; readonly data: { readonly launch: string; readonly version: number } }
  | { readonly event: 'seen'; readonly data: BoardReadings };

/**
 * Turns notices, which hold ids, into what streams say. A notice is worked out once for all streams of the process,
 * from the stored board alone, and each launch's notices one after the other, so that readings follow on each other.
 */
export class LiveNews {
  readonly #at: House;
  /** The board that was told last. */
  readonly #told = new Map<string, Promise<BoardView | null>>();
  readonly #words = new WeakMap<LiveNotice, Promise<LiveWord | null>>();

  constructor(at: House) {
    this.#at = at;
  }

  /** What a stream says first: the newest version of every board, and what its readings will follow on. */
  async first(): Promise<readonly LiveWord[]> {
    const rows = await this.#at.db.launch.findMany({ select: { id: true, boardVersion: true } });
    const words: LiveWord[] = [];
    for (const { id, boardVersion } of rows) {
      words.push({ event: 'board', data: { launch: id, version: Number(boardVersion) } });
      const board = await this.#board(id);
      if (board === null) continue;
      if (!this.#told.has(id)) this.#told.set(id, Promise.resolve(board));
      words.push({ event: 'seen', data: readingsBetween(null, board) });
    }
    return words;
  }

  /** What a notice comes to; null when its board is gone. */
  of(notice: LiveNotice): Promise<LiveWord | null> {
    const known = this.#words.get(notice);
    if (known) return known;
    const word = this.#read(notice);
    this.#words.set(notice, word);
    return word;
  }

  async #read({ what, launch, version }: LiveNotice): Promise<LiveWord | null> {
    const earlier = this.#told.get(launch) ?? Promise.resolve(null);
    const later = earlier.then(() => this.#board(launch));
    // After a failure nothing is known to follow on anything: the next readings say so.
    this.#told.set(
      launch,
      later.catch(() => null),
    );
    const [before, after] = await Promise.all([earlier, later]);
    if (what === 'board') return { event: 'board', data: { launch, version } };
    return after && { event: 'seen', data: readingsBetween(before, after) };
  }

  async #board(launch: string): Promise<BoardView | null> {
    const stored = await readBoard(this.#at.db, launch);
    return stored && (JSON.parse(stored.model) as BoardView);
  }
}

let ours: LiveNews | null = null;

/** This process's. */
export function liveNews(): LiveNews {
  ours ??= new LiveNews(house());
  return ours;
}
