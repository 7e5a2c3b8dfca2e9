'use client';

import type { ProposalFileView, ProposalPlan } from '#lib/domain/proposal-view.ts';

interface Props {
  readonly plan: ProposalPlan;
  readonly chosen: ReadonlySet<string>;
  readonly onFiles: (paths: readonly string[]) => void;
}

const words: Readonly<Record<ProposalFileView['act'], string>> = {
  add: 'Add',
  change: 'Change',
  none: 'Not here',
};

/** Which files are written: those that are missing are ticked, those that say something else are ticked by hand. */
export function ProposeFiles({ plan, chosen, onFiles }: Props) {
  const { files, same } = plan;
  const toggle = (path: string, isOn: boolean): void => {
    const paths = files.map((file) => file.path);
    onFiles(paths.filter((one) => (one === path ? isOn : chosen.has(one))));
  };
  const stays =
    same === 0
      ? ''
      : same === 1
        ? '1 stands there as the spec has it.'
        : `${same} stand there as the spec has them.`;
  return (
    <fieldset className="propose-part">
      <legend className="heading">
        {files.length === 0 ? 'No file to propose' : `Files: ${chosen.size} of ${files.length}`}
      </legend>
      {stays === '' ? null : <p className="note mb-1">{stays}</p>}
      {files.length === 0 ? null : (
        <ul className="propose-files">
          {files.map(({ path, act, says }) => (
            <li key={path}>
              {act === 'none' ? (
                <div className="propose-none">
                  <span />
                  <span className="text-ink-3">{words[act]}</span>
                  <span className="mono">{path}</span>
                  <span className="propose-says">{says}</span>
                </div>
              ) : (
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.has(path)}
                    onChange={({ target }) => toggle(path, target.checked)}
                  />
                  <span className="text-ink-3">{words[act]}</span>
                  <span className="mono">{path}</span>
                  <span className="propose-says">{says}</span>
                </label>
              )}
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
