import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** After so many bytes of bodies that were read and let go, the engine is asked to give their memory back. */
const mostDroppedBytes = 8 * 1024 * 1024;
/** And after the heap itself has grown by so much: V8 lets it grow far further, by what answers were made into. */
const mostGrownBytes = 16 * 1024 * 1024;
let droppedBytes = 0;
let heapAfterLast = 0;
let collect: (() => void) | null = null;

/**
 * Told of each body that was read and is not kept. Their bytes lie outside of V8's heap, which it does not count as
 * pressure before there are 64 MiB of them: some hostile sources at once then cost that much, for nothing.
 */
export function dropBody(bytes: number): void {
  droppedBytes += bytes;
  if (droppedBytes < mostDroppedBytes && usedHeap() - heapAfterLast < mostGrownBytes) return;
  droppedBytes = 0;
  // Until it is known what is left, nothing has grown.
  heapAfterLast = Number.MAX_SAFE_INTEGER;
  collect ??= collector();
  // Not within the turn that let go of them: what it still holds could not be collected.
  setImmediate(() => {
    collect?.();
    heapAfterLast = usedHeap();
  });
}

function usedHeap(): number {
  return getHeapStatistics().used_heap_size;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
