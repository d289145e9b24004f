/** Who may import whom (docs/architecture.md). A module is reached from outside only through its index.ts. */
const modules = {
  kernel: [],
  persistence: ['kernel'],
  calendar: ['kernel', 'persistence'],
  policy: ['kernel', 'persistence', 'calendar'],
  engine: ['kernel', 'persistence'],
  accountability: ['kernel', 'persistence'],
  jobs: ['kernel', 'persistence'],
  live: ['kernel', 'persistence', 'engine'],
  classification: ['kernel', 'persistence'],
  knowledge: ['kernel', 'persistence'],
  sheet: ['kernel', 'persistence'],
  identity: ['kernel', 'persistence'],
  handlers: ['kernel', 'engine', 'calendar', 'accountability', 'sheet'],
  casework: [
    'kernel',
    'engine',
    'calendar',
    'accountability',
    'sheet',
    'persistence',
    'policy',
    'handlers',
    'jobs',
    'classification',
    'knowledge',
  ],
  http: [
    'kernel',
    'engine',
    'calendar',
    'accountability',
    'sheet',
    'persistence',
    'policy',
    'handlers',
    'identity',
    'casework',
    'jobs',
    'live',
    'classification',
    'knowledge',
  ],
};

const direction = Object.entries(modules).map(([from, allowed]) => ({
  name: `${from}-imports`,
  comment: `src/${from} may import ${allowed.join(', ') || 'nothing of src'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [from, ...allowed].map((name) => `^src/${name}/`).join('|') },
}));

module.exports = {
  forbidden: [
    ...direction,
    {
      name: 'web',
      comment:
        'The console knows the contract (types and table of operations) and the model of diagrams, nothing else.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/(web|http/contract|engine/model)/' },
    },
    {
      name: 'nobody-imports-the-console',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
      name: 'database-at-the-edge',
      comment: 'typeorm and pg only in store/ and persistence/',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/persistence/|/store/' },
      to: { path: 'node_modules/(typeorm|pg)/' },
    },
    {
      name: 'queue-in-jobs',
      comment: 'graphile-worker is known where jobs are worked and where its schema is made.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(jobs/store/workers|persistence/preparation)\\.ts$' },
      to: { path: 'node_modules/graphile-worker/' },
    },
    {
      name: 'express-in-http',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/http/' },
      to: { path: 'node_modules/(@types/)?express/' },
    },
    {
      name: 'library-behind-the-door',
      comment: 'The bpmn-engine library is known to one runtime only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/runtime/library/' },
      to: { path: 'node_modules/(bpmn-engine|bpmn-elements|moddle-context-serializer|smqp)/' },
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
