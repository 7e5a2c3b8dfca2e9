import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Trouble } from '#components/frame/trouble.tsx';
import type { Result } from '#lib/domain/problem.ts';

interface Props<T> {
  readonly queryKey: QueryKey;
  readonly result: Result<T>;
  readonly children: ReactNode;
}

/** Gives a screen its first data, so that it is whole in the first HTML; or says why there is none. */
export function Hydrated<T>({ queryKey, result, children }: Props<T>) {
  if (!result.ok) {
    const { code, message, remedy } = result.problem;
    if (code === 'not-found') notFound();
    return <Trouble title={message} says={remedy ?? 'Nothing was lost; try again.'} />;
  }
  const client = new QueryClient();
  client.setQueryData(queryKey, result.value);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
