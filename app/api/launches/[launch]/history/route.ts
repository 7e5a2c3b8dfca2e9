import type { HistoryMessage } from '#lib/domain/history.ts';
import { viewHistory } from '#lib/usecases/view-history.ts';

export const dynamic = 'force-dynamic';

/** One JSON message a line as the reading goes on; whoever hangs up ends it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const { launch } = await params;
  const { searchParams } = new URL(request.url);
  const of = { launch, item: searchParams.get('item') ?? '', check: searchParams.get('check') ?? '' };
  const stopped = new AbortController();
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const say = (message: HistoryMessage): void => {
        if (!stopped.signal.aborted) controller.enqueue(text.encode(`${JSON.stringify(message)}\n`));
      };
      request.signal.addEventListener('abort', () => stopped.abort());
      await viewHistory(of, say, stopped.signal);
      if (!stopped.signal.aborted) controller.close();
    },
    cancel: () => stopped.abort(),
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
  });
}
