import { steps, storyline, tell } from './steps.ts';
import type { Story } from './story.ts';

/** The story's page: what was done, what can be done, as plain forms. `nonce` is that of its style. */
export function storyPage(
  story: Story,
  options: { readonly nonce: string; readonly board: string | null },
): string {
  const state = story.state();
  const told = tell('next', state);
  const [last] = story.past();
  const board = options.board === null ? '' : `<p><a href="${inHtml(options.board)}">Open the board</a></p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Story of the demo · Big Green</title>
<style nonce="${options.nonce}">${style}</style>
</head>
<body>
<main>
<h1>Story of the demo</h1>
<p>Each step changes the simulated world and nothing else. The board has to find out by itself.</p>
${board}
<p role="status">${last ? inHtml(last.message) : 'Nothing has been done yet.'}</p>
<form method="post" action="/steps/next">
<button type="submit" aria-describedby="next-is">Next</button>
<p id="next-is">${'step' in told ? `${told.state.told} of ${storyline.length}: ${inHtml(told.step.title)}. ${inHtml(told.step.description)}` : 'The story is told.'}</p>
</form>
<h2>How it is now</h2>
<dl>
<div><dt>Prometheus</dt><dd>${state.prometheus}</dd></div>
<div><dt>Oracle</dt><dd>${state.node.oracle}</dd></div>
<div><dt>Executor</dt><dd>${state.node.executor}</dd></div>
<div><dt>Markets without receipts</dt><dd>${inHtml(state.node.stoppedMarkets.join(', ') || 'none')}</dd></div>
<div><dt>Governance block</dt><dd>${state.node.governance.replace('_', ' ')}</dd></div>
<div><dt>Metrics not emitted</dt><dd>${inHtml(state.node.notYet.join(', ') || 'none')}</dd></div>
<div><dt>Commits on main</dt><dd>${state.changes.length}, of which the candidate has ${state.candidate}</dd></div>
</dl>
<h2>Every step</h2>
<ul>
${steps.map(({ id, title, description }) => `<li><form method="post" action="/steps/${id}"><button type="submit" aria-describedby="about-${id}">${inHtml(title)}</button><p id="about-${id}">${inHtml(description)}</p></form></li>`).join('\n')}
</ul>
<h2>What was done</h2>
<ol reversed>
${
  story
    .past()
    .map(({ at, message }) => `<li><time datetime="${at}">${at.slice(11, 19)}</time> ${inHtml(message)}</li>`)
    .join('\n') || '<li>Nothing yet</li>'
}
</ol>
<p>The same from a shell: <code>npm run -s demo:story -- next</code></p>
</main>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#fff, #14161a); color: light-dark(#1c1f24, #e8eaed); }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
[role=status] { border-left: 3px solid currentColor; padding-left: .75rem; }
form { display: flex; gap: .75rem; align-items: baseline; } form p { margin: 0; }
button { font: inherit; min-height: 36px; flex: 0 0 14rem; text-align: left; padding: 0 .75rem; border: 1px solid light-dark(#767c85, #8a9099); border-radius: 5px; background: none; color: inherit; cursor: pointer; }
button:hover { background: light-dark(#f0f1f3, #22252b); }
:focus-visible { outline: 2px solid light-dark(#1d5fd1, #7fb0ff); outline-offset: 2px; }
a { color: inherit; }
ul, ol { padding: 0; list-style: none; } li { padding: .3rem 0; border-top: 1px solid light-dark(#e3e5e8, #2b2f36); }
dl { margin: 0; } dl div { display: flex; gap: .75rem; } dt { width: 13rem; } dd { margin: 0; font-weight: 500; }
@media (max-width: 40rem) { form, dl div { flex-direction: column; gap: .25rem; } button { flex: none; width: 100%; } }
`;

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
