/**
 * Who may import whom: seventeen rooms, in order; each may import earlier ones only (src/rooms.json). A room is reached
 * from outside only through an index.ts, its own or that of a module in it. The console may import less than its room.
 */
const rooms = require('./src/rooms.json');

const direction = Object.entries(rooms).map(([from, allowed]) => ({
  name: `${from}-imports`,
  comment: `src/${from} may import ${allowed.join(', ') || 'nothing of src'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: {
    path: '^src/',
    pathNot: [
      ...[from, ...allowed].map((name) => `^src/${name}/`),
      ...(from === 'cli' ? ['^src/main\\.ts$'] : []),
    ].join('|'),
  },
}));

module.exports = {
  forbidden: [
    ...direction,
    {
      name: 'web',
      comment:
        'The console knows the contract (types and table of operations), the models, how words are recognised, the states of a proposal, and the law by purpose; nothing else.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(web|http/contract|engine/model|law/regulation/model|law/two-person/states|sheet/classification/spoken|design/compliance)/|^src/kernel/(accused|actor|kinds|law|limit|program-fields|provision-label|unit-name)\\.ts$',
      },
    },
    {
      name: 'compliance-in-the-browser',
      comment: 'The checks and the difference run in the browser, too: nothing that they reach is of Node.',
      severity: 'error',
      from: { path: '^src/design/compliance/' },
      to: {
        path: '^(node:)?(crypto|fs|fs/promises|path|url|os|process|util|buffer|stream|events)$',
        reachable: true,
      },
    },
    {
      name: 'compliance-models-only',
      severity: 'error',
      from: { path: '^src/design/compliance/' },
      to: { path: '^src/(calendar|engine|law)/', pathNot: '^src/(calendar|engine|law/regulation)/model/' },
    },
    {
      name: 'regulation-model-in-the-browser',
      comment: 'The model of the catalogue runs in the browser, too: nothing of Node, no database.',
      severity: 'error',
      from: { path: '^src/law/regulation/model/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(law/regulation|engine)/model/|^src/kernel/(refusal|json|limit|kinds|law|provision-label)',
      },
    },
    {
      name: 'nothing-of-node-in-the-regulation-model',
      severity: 'error',
      from: { path: '^src/law/regulation/model/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nobody-imports-the-console',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'no-cycles',
      comment: 'Not of types, either.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'engine-model-below-runtime',
      severity: 'error',
      from: { path: '^src/engine/model/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/model/' },
    },
    {
      name: 'engine-core-without-database',
      comment: 'A command on a case is pure: the executor reads before and writes after.',
      severity: 'error',
      from: { path: '^src/engine/(runtime|execution)/' },
      to: { path: '^src/engine/(store|scheduler|deployment)/|^src/engine/executor' },
    },
    {
      name: 'through-the-index',
      comment:
        'Other modules only through index.ts (the kernel is flat; a sub-module with an index of its own counts).',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/web/' },
      to: { path: '^src/[^/]+/', pathNot: '^src/$1/|^src/kernel/|/index\\.ts$' },
    },
    {
      name: 'through-the-index-of-a-module',
      comment: 'Modules of one room reach each other through index.ts, too.',
      severity: 'error',
      from: { path: '^src/(platform|law|sheet|channel|measures|design)/([^/]+)/' },
      to: { path: '^src/$1/[^/]+/', pathNot: '^src/$1/$2/|^src/$1/store/|/index\\.ts$' },
    },
    {
      name: 'database-at-the-edge',
      comment: 'typeorm and pg only in store/ and platform/database/',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/database/|/store/' },
      to: { path: 'node_modules/(typeorm|pg)/' },
    },
    {
      name: 'queue-in-jobs',
      comment: 'graphile-worker is known where jobs are worked and where its schema is made.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/(jobs/store/workers|database/preparation)\\.ts$' },
      to: { path: 'node_modules/graphile-worker/' },
    },
    {
      name: 'express-in-http',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/http/' },
      to: { path: 'node_modules/(@types/)?express/' },
    },
    {
      name: 'library-behind-the-interface',
      comment: 'The bpmn-engine library is known to one runtime only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/runtime/library/' },
      to: { path: 'node_modules/(bpmn-engine|bpmn-elements)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
