import { cache } from 'react';
import { viewBoard } from '#lib/usecases/view-board.ts';

/** The board, read once a request however many parts of the page want it. */
export const boardOnce = cache(viewBoard);
