import type { StoryState } from './state.ts';
import { howItIs } from './status.ts';
import { nextOf, type Step, steps } from './steps.ts';
import type { StoryAnswer } from './story.ts';
import { storyline } from './storyline.ts';

/** The story's page: what came of the last step, and a button for each, as one plain form. `nonce` is its style's. */
export function storyPage(
  state: StoryState,
  last: StoryAnswer | null,
  { nonce, board }: { readonly nonce: string; readonly board: string },
): string {
  const next = nextOf(state);
  const nextWords =
    next !== null
      ? `Step ${next.number} of ${storyline.length}, ${inHtml(next.step.name)}: ${inHtml(next.step.does)}`
      : 'The story is told. Every step can still be taken below.';
  const named = (name: string) => steps.filter((step) => step.name === name);
  const others = steps.filter(({ name }) => !storyline.includes(name));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Story of the demo · Big Green</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>Story of the demo</h1>
<p>Each step changes the simulated world and nothing else; the board finds out by itself.
Keep <a href="${inHtml(board)}" target="board">the board</a> open beside this page.</p>
<p role="status"${last && !last.ok ? ' class="failed"' : ''}>${last ? inHtml(last.message) : 'Nothing has been done yet.'}</p>
<form method="post" action="/step">
<p class="next"><button name="step" value="next" aria-describedby="next-is">Next</button> <span id="next-is">${nextWords}</span></p>
<h2>The story</h2>
<ol>
${storyline
  .flatMap(named)
  .map((step) => row(step, state))
  .join('\n')}
</ol>
<h2>What else can happen</h2>
<ul>
${others.map((step) => row(step, state)).join('\n')}
</ul>
</form>
<h2>How it is now</h2>
<dl>
${howItIs(state)
  .map(([what, how]) => `<div><dt>${what}</dt><dd>${inHtml(how)}</dd></div>`)
  .join('\n')}
</dl>
<p>The same from a shell: <code>npm run -s demo:story -- next</code></p>
</main>
</body>
</html>
`;
}

function row({ name, does, watch }: Step, { taken }: StoryState): string {
  const id = name.replaceAll(' ', '-');
  const mark = taken.includes(name) ? '<b>Taken.</b> ' : '';
  return `<li><button name="step" value="${name}" aria-describedby="${id}">${name}</button>
<p id="${id}">${mark}${inHtml(does)} <span>${inHtml(watch)}</span></p></li>`;
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --quiet: light-dark(#565d67, #a3abb6); --line: light-dark(#e3e5e8, #2b2f36); --red: light-dark(#b3261e, #ff8a80); }
body { margin: 0; background: light-dark(#fff, #14161a); color: light-dark(#1c1f24, #e8eaed); }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .25rem; }
[role=status] { border-left: 3px solid light-dark(#1a7f45, #5cc98a); padding: .25rem 0 .25rem .75rem; margin: 1.25rem 0; }
[role=status].failed { border-color: var(--red); color: var(--red); }
ol, ul { margin: 0; padding: 0; list-style: none; }
li, .next { display: grid; grid-template-columns: 10.5rem 1fr; gap: .25rem 1rem; align-items: baseline; }
li { padding: .5rem 0; border-top: 1px solid var(--line); }
li p { margin: 0; } li span { color: var(--quiet); }
button { font: inherit; min-height: 36px; text-align: left; padding: .25rem .75rem; border: 1px solid light-dark(#767c85, #8a9099); border-radius: 5px; background: none; color: inherit; cursor: pointer; }
.next button { background: light-dark(#1a7f45, #5cc98a); border-color: transparent; color: light-dark(#fff, #0d1f15); font-weight: 600; }
button:hover { border-color: currentColor; text-decoration: underline; }
:focus-visible { outline: 2px solid light-dark(#1d5fd1, #7fb0ff); outline-offset: 2px; }
a { color: light-dark(#1d5fd1, #7fb0ff); } code { font-size: .9em; overflow-wrap: anywhere; }
dl { margin: 0; } dl div { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0 1rem; padding: .15rem 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 36rem) { li, .next, dl div { grid-template-columns: 1fr; } }
`;

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
