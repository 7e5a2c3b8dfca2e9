import { firstState, type StoryState } from './state.ts';
import { tell } from './steps.ts';
import { bringAbout, type World } from './world.ts';

/** What came of asking for a step. */
export interface StoryAnswer {
  readonly ok: boolean;
  /** For people, in a few sentences. */
  readonly message: string;
}

/** The story of a running demo. Steps wait for one another. */
export interface Story {
  readonly state: () => StoryState;
  /** What came of the last step that was asked for. */
  readonly last: () => StoryAnswer | null;
  readonly tell: (asked: string) => Promise<StoryAnswer>;
}

/** Begins a story over a world that stands as `begins` says. */
export function beginStory(world: World, begins: StoryState = firstState): Story {
  let state = begins;
  let last: StoryAnswer | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const perform = async (asked: string): Promise<StoryAnswer> => {
    const told = tell(asked, state);
    switch (told.kind) {
      case 'no-such-step':
        return { ok: false, message: `There is no step “${told.asked}”.` };
      case 'at-its-end':
        return { ok: true, message: 'The story is told. Every step can still be taken by its name.' };
      case 'unchanged':
        return {
          ok: true,
          message:
            told.step.name.endsWith('prometheus') && state.prometheus === 'absent'
              ? `${told.step.name}: there is no Prometheus on this machine.`
              : `${told.step.name}: nothing to do, it is so already.`,
        };
      case 'changed': {
        const came = await bringAbout(state, told.state, world);
        state = came.state;
        const { name, does, watch } = told.step;
        const dark =
          state.prometheus === 'absent' ? ' Without a Prometheus the items over it stay unknown.' : '';
        return came.failure === null
          ? { ok: true, message: `${name}: ${does} Watch: ${watch}${dark}` }
          : { ok: false, message: `${name}: ${came.failure}` };
      }
    }
  };
  const one = async (asked: string): Promise<StoryAnswer> => {
    last = await perform(asked);
    return last;
  };
  return {
    state: () => state,
    last: () => last,
    tell: (asked) => {
      const answer = turn.then(() => one(asked));
      turn = answer.catch(() => {});
      return answer;
    },
  };
}
