import { describe, expect, test } from 'vitest';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import { held, judgeLive, noData, seen, withData } from './dashboard.fixture.ts';
import { changed, type Dashboard, dashboardOf, type Panel, spec } from './dashboard-file.fixture.ts';

const panels = (spec.kit?.dashboards ?? []).flatMap((one) =>
  one.panels.map((panel) => ({
    id: one.id,
    title: panel.title,
    quietWhen: panel.quietWhen,
    of: one.panels.length,
  })),
);
const kit = (id: string) => held(dashboardOf(id) as never);
const withChange = (id: string, title: string, change: (panel: Panel, all: Dashboard) => void) =>
  seen([held(JSON.parse(changed(id, title, change)))]);
const quoted = (title: string) => `“${title}”`;

describe('the kit’s dashboards, held by Grafana with data', () => {
  test.each([['treasury'], ['energy']])(
    '%s passes, and asks each query with its data source resolved',
    (id) => {
      const said = judgeLive(id, seen([kit(id)]));
      expect(said).toMatchObject({ verdict: 'pass', quiet: false, toGreen: [] });
      expect(said.sentence).toContain('have data now');
      expect(said.asked.length).toBeGreaterThanOrEqual(panels.filter((panel) => panel.id === id).length);
      expect(said.asked.join()).not.toMatch(/\$\{?datasource|\$(?!__)/);
    },
  );
});

const faults: readonly [string, (panel: Panel, all: Dashboard) => void, RegExp][] = [
  ['gone', (panel, all) => all.panels.splice(all.panels.indexOf(panel), 1), /it is not there/],
  ['renamed', (panel) => Object.assign(panel, { title: 'Another' }), /“Another” asks for the same/],
  ['another type', (panel) => Object.assign(panel, { type: 'text' }), /it is of the type `text`/],
  [
    'another metric',
    ({ targets }) => {
      for (const target of targets) target.expr = 'process_open_fds';
    },
    /it does not read \w+.*, but process_open_fds/,
  ],
  [
    'a threshold changed',
    ({ type, fieldConfig: { defaults } }) => {
      const last = defaults.thresholds.steps.at(-1);
      if (last && last.value !== null) last.value += 1;
      else {
        defaults.thresholds.steps.push({ color: 'red', value: 80 });
        if (type === 'timeseries') defaults.custom.thresholdsStyle = { mode: 'line' };
        else defaults.color.mode = 'thresholds';
        if (type === 'table') defaults.custom.cellOptions = { type: 'color-background' };
      }
    },
    /its thresholds are|it draws 80 as a bound/,
  ],
  [
    'a broken query',
    ({ targets }) => Object.assign(targets[0] ?? {}, { expr: 'sum by (x (' }),
    /does not parse/,
  ],
  [
    'a fixed datasource',
    (panel) => {
      for (const one of [panel, ...panel.targets]) one.datasource = { type: 'prometheus', uid: 'prom' };
    },
    /its datasource is fixed to `prom`/,
  ],
];

describe('each fault of each panel in Grafana turns it, with its sentence', () => {
  test('there are 14 panels', () => expect(panels).toHaveLength(14));
  describe.each(faults)('%s', (_, change, words) => {
    test.each(panels)('$id, $title', ({ id, title, of }) => {
      const said = judgeLive(id, withChange(id, title, change));
      expect(said.verdict).toBe('fail');
      expect(said.fact.lead).toBe(`${of - 1} of ${of} panels;`);
      expect(said.sentence).toContain(quoted(title));
      expect(said.sentence).toMatch(words);
    });
  });

  test.each(panels)('without data: $id, $title', ({ id, title, of }) => {
    const own = (spec.kit?.dashboards ?? [])
      .find((one) => one.id === id)
      ?.panels.find((one) => one.title === title);
    const said = judgeLive(id, seen([kit(id)]), (expr) =>
      own?.queries.some((query) => query.expr === expr) || expr === own?.quietWhen ? noData : withData,
    );
    expect(said.verdict).toBe('fail');
    expect(said.fact.lead).not.toBe(`${of} of ${of} panels;`);
    expect(said.sentence).toContain(`${quoted(title)}: it returns no data`);
  });

  const ofPanel = (id: string, title: string) =>
    (spec.kit?.dashboards ?? []).find((one) => one.id === id)?.panels.find((one) => one.title === title);
  const ended = (before: number | null, series = 0): PanelDataSeen => ({
    ...withData,
    atEnd: { series, numbers: 0, lastNumberMsBefore: before },
  });

  test.each(panels)('with data that ended within the range: $id, $title', ({ id, title, of }) => {
    const own = ofPanel(id, title);
    const said = judgeLive(id, seen([kit(id)]), (expr) => {
      if (expr === own?.quietWhen) return noData;
      return own?.queries.some((query) => query.expr === expr) ? ended(14 * 60_000) : withData;
    });
    expect(said.verdict).toBe('fail');
    expect(said.fact.lead).not.toBe(`${of} of ${of} panels;`);
    expect(said.sentence).toContain(`${quoted(title)}: it returns no data now (last number 14 min before)`);
    const later = judgeLive(id, seen([kit(id)]), (expr) => {
      if (expr === own?.quietWhen) return noData;
      return own?.queries.some((query) => query.expr === expr) ? ended(19 * 60_000) : withData;
    });
    expect(later.deciding).toEqual(said.deciding);
  });

  test.each(panels)('with NaN alone at the end of the range: $id, $title', ({ id, title }) => {
    const own = ofPanel(id, title);
    const said = judgeLive(id, seen([kit(id)]), (expr) => {
      if (expr === own?.quietWhen) return noData;
      return own?.queries.some((query) => query.expr === expr) ? ended(60_000 * 14, 1) : withData;
    });
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain(`${quoted(title)}: it returns nothing but NaN now (last number 14 min`);
  });

  const inLibrary = (title: string, library: Panel) => (panel: Panel) => {
    for (const key of Object.keys(panel)) Reflect.deleteProperty(panel, key);
    Object.assign(panel, { id: 1, ...library }, title === '' ? {} : { title });
  };
  const reference = { libraryPanel: { uid: 'lib', name: 'Some name' } } as never;
  const hidden = [{ what: 'its library panels', permission: 'library.panels:read' }];
  test.each(panels)('in a library that may not be seen: $id, $title', ({ id, title, of }) => {
    for (const [shownTitle, words] of [
      [title, 'its library panel may not be seen: the token lacks library.panels:read'],
      ['', 'it is not there by its title, and a library panel of the dashboard may not be seen'],
    ] as const) {
      const json = JSON.parse(changed(id, title, inLibrary(shownTitle, reference)));
      const there = held(json, { missingLibraryPanels: ['lib'] });
      const said = judgeLive(id, seen([there], { unseen: hidden }));
      expect(said.verdict).toBe('unknown');
      expect(said.fact.lead).toBe(`${of - 1} of ${of} panels;`);
      expect(said.sentence).toContain(`${quoted(title)}: ${words}`);
      const gone = judgeLive(id, seen([there]));
      expect(gone.verdict).toBe('unknown');
      expect(gone.sentence).toContain('is gone, or lies in a folder that the token may not see');
    }
  });

  test.each(panels)('without any number: $id, $title', ({ id, title }) => {
    const own = (spec.kit?.dashboards ?? [])
      .find((one) => one.id === id)
      ?.panels.find((one) => one.title === title);
    const said = judgeLive(id, seen([kit(id)]), (expr) =>
      own?.queries.some((query) => query.expr === expr)
        ? { ...withData, notNumberSeries: 1, series: [] }
        : expr === own?.quietWhen
          ? noData
          : withData,
    );
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain(`${quoted(title)}: it returns nothing but NaN`);
  });

  const declared = panels.filter(({ quietWhen }) => quietWhen !== null);
  test('some panels declare when they are quiet', () => expect(declared.length).toBeGreaterThan(0));
  test.each(declared)('quiet, as declared: $id, $title', ({ id, title, quietWhen }) => {
    const own = (spec.kit?.dashboards ?? [])
      .find((one) => one.id === id)
      ?.panels.find((one) => one.title === title);
    const said = judgeLive(id, seen([kit(id)]), (expr) =>
      expr !== quietWhen && own?.queries.some((query) => query.expr === expr) ? noData : withData,
    );
    expect(said).toMatchObject({ verdict: 'pass', quiet: true });
    expect(said.sentence).toContain(`${quoted(title)} quiet, as declared`);
    const stopped = judgeLive(id, seen([kit(id)]), (expr) =>
      expr !== quietWhen && own?.queries.some((query) => query.expr === expr) ? ended(14 * 60_000) : withData,
    );
    expect(stopped).toMatchObject({ verdict: 'pass', quiet: true });
  });
});

describe('two panels of one title', () => {
  test.each(panels)('$id, $title: what was looked at is what has data', ({ id, title }) => {
    const own = (spec.kit?.dashboards ?? [])
      .find((one) => one.id === id)
      ?.panels.find((one) => one.title === title);
    const what = withChange(id, title, (panel, all) => {
      const decoy = { ...structuredClone(panel), type: 'text' };
      for (const target of decoy.targets) target.expr = 'up';
      all.panels.unshift(decoy);
    });
    const asked = (expr: string) =>
      own?.queries.some((query) => query.expr === expr) || expr === own?.quietWhen;
    expect(judgeLive(id, what).verdict).toBe('pass');
    expect(judgeLive(id, what, (expr) => (asked(expr) ? noData : withData)).verdict).toBe('fail');
  });
});

describe('what Grafana holds as a whole', () => {
  const ids = [['treasury'], ['energy']];
  test.each(ids)('%s in another folder is not where people look', (id) => {
    const there = held(dashboardOf(id) as never, { folder: 'Sandbox' });
    const said = judgeLive(id, seen([there]), undefined, { folder: 'Mainnet' });
    expect(said.verdict).toBe('fail');
    expect(said.sentence).toContain('it is in the folder “Sandbox”, not “Mainnet”');
    const elsewhere = [{ uid: 'a', folder: 'Sandbox', href: 'https://grafana.example/d/a' }];
    const other = judgeLive(id, seen([], { elsewhere }), undefined, { folder: 'Mainnet' });
    expect(other.verdict).toBe('fail');
    expect(other.sentence).toContain('it is in the folder “Sandbox”, not “Mainnet”');
  });

  test.each(ids)('%s in another folder is unknown where the right one may be hidden', (id) => {
    const elsewhere = [{ uid: 'a', folder: 'Sandbox', href: 'https://grafana.example/d/a' }];
    const unseen = [{ what: 'every dashboard', permission: 'dashboards:read on all folders' }];
    const said = judgeLive(id, seen([], { elsewhere, unseen }), undefined, { folder: 'Mainnet' });
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain('it was not found in “Mainnet” (one of that title is in “Sandbox”)');
    expect(said.sentence).toContain('the token lacks dashboards:read on all folders');
  });

  test.each(ids)('%s twice under one title cannot be told apart', (id) => {
    const said = judgeLive(id, seen([kit(id), held({ uid: 'b', title: 'x' })]));
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain('2 dashboards have that title');
  });

  test('not at all is a failure, where the token sees everything, and unknown where it does not', () => {
    expect(judgeLive('treasury', seen([]))).toMatchObject({ verdict: 'fail' });
    const unseen = [{ what: 'every dashboard', permission: 'dashboards:read on all folders' }];
    const said = judgeLive('treasury', seen([], { unseen }));
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain('the token lacks dashboards:read on all folders');
  });

  test('over a data source that does not answer is unknown, and never red', () => {
    const said = judgeLive('treasury', seen([kit('treasury')]), () => ({
      ...noData,
      error: 'Post "http://prometheus:9090/api/v1/query_range": dial tcp: connection refused',
    }));
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain('its data source did not answer');
  });

  test('with a query that Prometheus refuses fails; with nothing but NaN it is unknown', () => {
    const refused = { ...noData, error: 'bad_data: 1:4: parse error: unexpected end of input' };
    expect(judgeLive('treasury', seen([kit('treasury')]), () => refused).verdict).toBe('fail');
    const nan = { ...withData, notNumberSeries: 1, series: [] };
    const said = judgeLive('treasury', seen([kit('treasury')]), () => nan);
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain('nothing but NaN');
  });

  test('a new version, or other values, change no deciding field', () => {
    const first = judgeLive('treasury', seen([kit('treasury')]));
    const later = { ...kit('treasury'), version: 9, updatedAt: '2026-11-24T10:00:00Z' };
    const more = { ...withData, seriesWithData: 7 };
    expect(judgeLive('treasury', seen([later]), () => more).deciding).toEqual(first.deciding);
  });

  test('without data sources in sight is asked where the dashboard says which, and else unknown', () => {
    const said = judgeLive('treasury', seen([kit('treasury')], { dataSources: null }));
    expect(said.verdict).toBe('unknown');
    expect(said.sentence).toContain('cannot be seen');
  });
});

describe('attack 18: what a reader cannot see, or what turns the text around it', () => {
  const evil = 'a\u202e\u001b[31m\u200bb';
  const visible = 'a\\u{202E}\\u{1B}[31m\\u{200B}b';

  test.each([
    ['a folder', judgeLive('treasury', seen([held(dashboardOf('treasury') as never, { folder: evil })]))],
    [
      'another folder',
      judgeLive('treasury', seen([], { elsewhere: [{ uid: 'x', folder: evil, href: '' }] })),
    ],
    ['a title', judgeLive('treasury', seen([{ ...kit('treasury'), title: evil }]))],
    ['an error', judgeLive('treasury', seen([kit('treasury')]), () => ({ ...noData, error: evil }))],
    [
      'a panel',
      judgeLive(
        'treasury',
        withChange('treasury', panels[0]?.title ?? '', (panel) => Object.assign(panel, { title: evil })),
      ),
    ],
  ])('stands in sentences as its code points: in %s', (_, { sentence, fact, toGreen }) => {
    const said = JSON.stringify([sentence, fact, toGreen]);
    expect(said).toContain(JSON.stringify(visible).slice(1, -1));
    expect(said).not.toMatch(/[\u202e\u200b]|\\u001b/u);
  });
});
