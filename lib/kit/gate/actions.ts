/**
 * The actions that the gate uses, each by the commit of a release of its current major version (November 2026). A tag
 * can be moved to other code; a commit cannot.
 */
export const actions = {
  checkout: { uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', tag: 'v7.0.1' },
  cache: { uses: 'actions/cache@55cc8345863c7cc4c66a329aec7e433d2d1c52a9', tag: 'v6.1.0' },
  uploadArtifact: { uses: 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', tag: 'v7.0.1' },
} as const;

/** The same text with its tag beside each action, for people. */
export function withTags(text: string): string {
  return Object.values(actions).reduce(
    (tagged, { uses, tag }) => tagged.replaceAll(uses, `${uses} # ${tag}`),
    text,
  );
}
