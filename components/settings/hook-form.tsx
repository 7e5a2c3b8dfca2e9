'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Age, Moment } from '#components/time/age.tsx';
import { copyText } from '#components/ui/copy.ts';
import type { HookSetting, SourceSetting } from '#lib/domain/source-settings.ts';
import { problemOf } from '#lib/queries/api.ts';
import { sourcesKey } from '#lib/queries/keys.ts';
import { removeSourceHook, setSourceHook } from '#lib/queries/sources.ts';
import { hookEvents, hookSecretField } from './source-words.ts';

interface Props {
  readonly source: SourceSetting;
  readonly hook: HookSetting;
}

/** Sets up, rotates or removes a source's webhook. Its secret is shown once, right after. */
export function HookForm({ source, hook }: Props) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: sourcesKey });
  const set = useMutation({ mutationFn: () => setSourceHook(source.key), onSuccess });
  const remove = useMutation({
    mutationFn: () => removeSourceHook(source.key),
    onSuccess: () => {
      set.reset();
      return onSuccess();
    },
  });
  const isBusy = set.isPending || remove.isPending;
  const isSet = hook.setAt !== null;
  return (
    <div className="mt-5">
      <h3 className="heading">Webhook</h3>
      <p className="note">
        <State hook={hook} /> By it the source says that there is news, and is asked at once. Nothing that it
        says is believed, and it is asked at its turns all the same.
      </p>
      {isSet ? <AtTheVendor source={source} hook={hook} /> : null}
      <div role="status">{set.data ? <Secret source={source} secret={set.data.secret} /> : null}</div>
      <div className="mt-2 flex flex-wrap gap-2">
        <button
          type="button"
          className="button"
          aria-disabled={isBusy}
          onClick={() => (isBusy ? undefined : set.mutate())}
        >
          {isSet ? 'New secret' : 'Set up a webhook'}
        </button>
        {isSet ? (
          <button
            type="button"
            className="button"
            aria-disabled={isBusy}
            onClick={() => (isBusy ? undefined : remove.mutate())}
          >
            Remove webhook
          </button>
        ) : null}
      </div>
      {set.error ? <ProblemNote problem={problemOf(set.error)} /> : null}
      {remove.error ? <ProblemNote problem={problemOf(remove.error)} /> : null}
    </div>
  );
}

function State({ hook: { setAt, lastAt } }: { readonly hook: HookSetting }) {
  if (setAt === null) return 'None is set up.';
  return (
    <>
      Set up <Moment at={setAt} />.{' '}
      {lastAt === null ? (
        'Nothing came yet: the vendor’s list of deliveries says what it was answered.'
      ) : (
        <>
          The last delivery came <Age at={lastAt} /> ago.
        </>
      )}
    </>
  );
}

function AtTheVendor({ source, hook }: Props) {
  return (
    <dl className="pairs mt-2">
      <dt>Address</dt>
      <dd>
        where your proxy or tunnel reaches this server, and then <code>{hook.path}</code>
      </dd>
      <dt>Content type</dt>
      <dd>
        <code>application/json</code>
      </dd>
      <dt>Events</dt>
      <dd>{hookEvents(source.kind)}</dd>
    </dl>
  );
}

function Secret({ source, secret }: { readonly source: SourceSetting; readonly secret: string }) {
  return (
    <div className="mt-3">
      <p>
        {hookSecretField(source.kind)} It is shown this once; the one before, if there was one, is refused
        from now on.
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 wrap-anywhere">{secret}</code>
        <button type="button" className="button" onClick={() => void copyText(secret, 'Secret')}>
          Copy secret
        </button>
      </div>
    </div>
  );
}
