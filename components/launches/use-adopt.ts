'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { launchesKey } from '#lib/queries/keys.ts';
import { type Addresses, adoptSpec, type SpecOrigin } from '#lib/queries/verbs.ts';

/** Adopts a spec and goes to its board. */
export function useAdopt() {
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ origin, addresses }: { readonly origin: SpecOrigin; readonly addresses: Addresses }) =>
      adoptSpec(origin, addresses),
    onSuccess: ({ launch }) => {
      void client.invalidateQueries({ queryKey: launchesKey });
      router.push(`/launches/${launch}`);
    },
  });
}
