'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { useLive } from '#components/live/live-store.ts';
import { RenderedAt } from '#components/time/clock.ts';
import { NoticeLine } from '#components/ui/notice.tsx';

interface Props {
  /** Epoch milliseconds at which the server rendered. */
  readonly renderedAtMs: number;
  readonly children: ReactNode;
}

/** What every screen stands on: data, the live stream, filters in the URL, one clock, one line for notices. */
export function Providers({ renderedAtMs, children }: Props) {
  const [client] = useState(newQueryClient);
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <RenderedAt value={renderedAtMs}>
          <LiveStream />
          {children}
          <NoticeLine />
        </RenderedAt>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

function LiveStream() {
  useLive();
  return null;
}

/** Data is old when the stream says so, never by the clock; a machine without a network still reaches itself. */
function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        retry: 3,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
