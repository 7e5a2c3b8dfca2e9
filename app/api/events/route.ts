import { type LiveNotice, liveHub } from '#lib/server/live-hub.ts';
import { type LiveWord, liveNews } from '#lib/usecases/live-news.ts';

export const dynamic = 'force-dynamic';

/** A page that hears nothing for two of them and a half takes the stream for dead (`lib/queries/live-stream.ts`). */
const pingMs = 15_000;

/**
 * The live stream: ids of boards that changed, and the readings of those that did not. It begins with the newest
 * version of every launch, which is all that resuming takes.
 */
export async function GET(request: Request): Promise<Response> {
  const encoder = new TextEncoder();
  let isOver = false;
  let end = () => {
    isOver = true;
  };
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      const news = liveNews();
      const tell = async (notice: LiveNotice) => {
        const word = await news.of(notice);
        if (word) say(eventText(word));
      };
      const hub = liveHub();
      const unhear = await hub.hear((notice) => void tell(notice).catch(() => end()));
      const unlost = hub.onLost(() => end());
      const ping = setInterval(() => say('event: ping\ndata:\n\n'), pingMs);
      end = () => {
        end = () => {};
        clearInterval(ping);
        unhear();
        unlost();
        try {
          controller.close();
        } catch {
          // The browser closed it first.
        }
      };
      request.signal.addEventListener('abort', () => end());
      // A browser that left while nobody listened yet is told nothing, and pinged never.
      if (isOver || request.signal.aborted) return end();
      try {
        say('retry: 2000\n\n');
        for (const word of await news.first()) say(eventText(word));
      } catch {
        // The database is away, or the browser: who still listens comes back.
        end();
      }
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

function eventText({ event, data }: LiveWord): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
