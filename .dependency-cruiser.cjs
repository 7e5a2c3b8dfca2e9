// The import table of the house: data goes one way, stages meet only in lib/usecases.
const stages = [
  'spec',
  'sources',
  'evidence',
  'checks',
  'board',
  'signoff',
  'review',
  'ledger',
  'export',
  'kit',
];
const tests = '\\.(test|fixture)\\.tsx?$|/situations/';

/** `from` may import, of ours, only what `to` names. Tests may also start what they test against. */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: tests },
  to: { path: '^(app|components|lib|e2e|bench|prisma)/', pathNot: [`${from}`, ...to] },
});

/** What of a stage touches the world: a store, and of sources the index of each. */
const edge = (stage) => (stage === 'sources' ? '(store|/index)' : 'store');

const stageRules = stages.map((stage) =>
  only(
    `stage-${stage}`,
    `^lib/${stage}/(?!.*${edge(stage)}\\.ts$)`,
    [`^lib/${stage}/`, '^lib/(domain|canonical|verify)/', ...(stage === 'kit' ? ['^lib/spec/'] : [])],
    'A stage imports domain, canonical and verify; other stages never.',
  ),
);

const edgeRules = stages.map((stage) =>
  only(
    `edge-${stage}`,
    `^lib/${stage}/.*${edge(stage)}\\.ts$`,
    [`^lib/${stage}/`, '^lib/(domain|canonical|verify|server)/'],
    'A store, and the index of a source, may also import server.',
  ),
);

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment: 'A package of types alone has nothing to resolve to.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@octokit/openapi-types$' },
    },
    only('domain', '^lib/domain/', [], 'The vocabulary imports nothing but Zod.'),
    only('canonical', '^lib/canonical/', ['^lib/domain/']),
    only('verify', '^lib/verify/', ['^lib/(domain|canonical)/']),
    only('server', '^lib/server/', ['^lib/(domain|canonical)/']),
    ...stageRules,
    ...edgeRules,
    only('usecases', '^lib/usecases/', [
      `^lib/(${stages.join('|')})/`,
      '^lib/(domain|canonical|verify|server)/',
    ]),
    only('worker', '^lib/worker/', ['^lib/(usecases|domain|verify|server)/']),
    only('cli', '^lib/cli/', ['^lib/(usecases|domain|verify|server|spec|kit)/']),
    only('queries', '^lib/queries/', ['^lib/domain/']),
    only('ui', '^components/ui/', [], 'Primitives know no domain word.'),
    only('components', '^components/(?!ui/)', ['^components/', '^lib/(domain|queries|verify)/']),
    {
      name: 'components-types',
      severity: 'error',
      comment: 'Of the vocabulary, what people see needs types alone: its schemas would go to the browser.',
      from: { path: '^components/', pathNot: tests },
      to: { path: '^lib/domain/', dependencyTypesNot: ['type-only'] },
    },
    only('app', '^app/', [
      '^components/',
      '^lib/(usecases|queries|domain)/',
      '^lib/server/(actor|live|live-hub)\\.ts$',
    ]),
    {
      name: 'domain-zod',
      severity: 'error',
      comment: 'The vocabulary imports nothing but Zod.',
      from: { path: '^lib/domain/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'core'], pathNot: '^(node_modules/)?zod' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'lib/server/generated'] },
    exclude: { path: ['^\\.next/', 'lib/server/generated/(?!client)'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'node', 'default', 'types'],
    },
  },
};
