import { firstState, type StoryState } from './state.ts';
import { tell } from './steps.ts';
import { bringAbout, type World } from './world.ts';

/** What came of asking for a step. */
export interface StoryAnswer {
  readonly ok: boolean;
  /** For people, in one or two sentences. */
  readonly message: string;
}

/** The story of a running demo. Steps wait for one another. */
export interface Story {
  readonly state: () => StoryState;
  /** The last answers, newest first, with their instants (ISO 8601). */
  readonly past: () => readonly (StoryAnswer & { readonly at: string })[];
  readonly tell: (asked: string) => Promise<StoryAnswer>;
}

/** Begins a story over a world that stands as `firstState` says. */
export function beginStory(world: World, now: () => number = Date.now): Story {
  let state = firstState;
  let past: readonly (StoryAnswer & { readonly at: string })[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  const one = async (asked: string): Promise<StoryAnswer> => {
    const answer = await perform(asked);
    past = [{ ...answer, at: new Date(now()).toISOString() }, ...past].slice(0, 12);
    return answer;
  };
  const perform = async (asked: string): Promise<StoryAnswer> => {
    const told = tell(asked, state);
    switch (told.kind) {
      case 'no-such-step':
        return { ok: false, message: `There is no step “${told.asked}”.` };
      case 'at-its-end':
        return { ok: true, message: 'The story is told. Every step can still be taken by its name.' };
      case 'unchanged':
        state = told.state;
        return { ok: true, message: `${told.step.title}: nothing to do, it is so already.` };
      case 'changed': {
        const came = await bringAbout(state, told.state, world);
        state = came.state;
        return came.failure === null
          ? { ok: true, message: `${told.step.title}. ${told.step.description}` }
          : { ok: false, message: `${told.step.title}: ${came.failure}` };
      }
    }
  };
  return {
    state: () => state,
    past: () => past,
    tell: (asked) => {
      const answer = turn.then(() => one(asked));
      turn = answer.catch(() => {});
      return answer;
    },
  };
}
