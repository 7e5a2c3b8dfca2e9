'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notify } from '#components/ui/notice.tsx';
import type { SpecChanged } from '#lib/domain/source-settings.ts';
import { launchesKey, sourcesKey } from '#lib/queries/keys.ts';
import { changeSpecSource, previewSpecSource, type SpecSourceChange } from '#lib/queries/sources.ts';

/**
 * The two steps of changing a source in a spec: the difference, then the adoption of just that. The token is no variable
 * of a mutation: those are kept for as long as it is.
 */
export function useSpecChange(onAdopted: (changed: SpecChanged) => void, token: string | null = null) {
  const client = useQueryClient();
  const look = useMutation({
    mutationFn: async (of: SpecSourceChange) => ({ of, preview: await previewSpecSource(of) }),
    onError: () => client.invalidateQueries({ queryKey: sourcesKey }),
  });
  const adopt = useMutation({
    mutationFn: (of: SpecSourceChange) => changeSpecSource(of, token),
    gcTime: 0,
    onSuccess: async (changed) => {
      await client.invalidateQueries({ queryKey: sourcesKey });
      void client.invalidateQueries({ queryKey: launchesKey });
      notify(`${changed.name} is adopted with that change.`);
      onAdopted(changed);
    },
    onError: () => client.invalidateQueries({ queryKey: sourcesKey }),
  });
  /** What was shown is of what was typed before: whoever types on looks again. */
  const anew = <T>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      look.reset();
      adopt.reset();
    };
  };
  return { look, adopt, anew };
}
