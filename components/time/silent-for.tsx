import { Age } from './age.tsx';

/** For how long a source has been silent, where it is; nothing where it answers. */
export function SilentFor({ since }: { readonly since: string | null }) {
  if (since === null) return null;
  return (
    <span className="text-unknown">
      silent for <Age at={since} />
    </span>
  );
}
