import { anchoring, latestVerification, trailKeepsUp, type Anchoring } from '../../accountability/index.js';
import { civilDateOf, dayNumberOf, endOfDay } from '../../kernel/civil-date.js';
import { countJobs } from '../../platform/jobs/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { assertWritable } from '../../platform/database/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { openApiDocument, type OpenApiDocument } from '../openapi.js';
import type { Sharing } from '../sharing.js';
import { definitionsInForce } from '../store/definition-rows.js';
import { countWork, databaseFacts } from '../store/status-store.js';
import { versionView } from '../views/definition-view.js';
import { findingLines } from '../views/trail-view.js';
import { mostCounted } from '../contract/primitives.js';
import { roleName } from '../contract/role-name.js';

/** Every signed-in person reads the status; only readers of the trail may know the outside places. */
function amberForAll({ amber, anchors }: Anchoring): string | null {
  const failing = anchors.filter(({ failure }) => failure !== null).length;
  if (failing === 0) return amber;
  return `检查点在外面的 ${anchors.length} 处有 ${failing} 处没有留存成：原因在“审计轨迹”页首，怎样办见运行手册“外部锚定”`;
}

export function statusHandlers(
  { anchors, attachments, clock, clockWatch, database, laws }: HttpDeps,
  sharing: Sharing,
  version: string,
): Pick<Handlers, 'readStatus' | 'isAlive' | 'isReady' | 'readDocument'> {
  const startedAt = clock.now();
  let said: { readonly law: Law; readonly document: OpenApiDocument } | undefined;
  return {
    readStatus: async () => {
      const now = clock.now();
      const skew = await clockWatch.look();
      const places = await anchors();
      const { counts, queue, facts, definitions, verified, standing, outside } = await sharing.ask(
        'status',
        database,
        async (transaction) => ({
          facts: await databaseFacts(transaction),
          counts: await countWork(transaction, now, endOfDay(dayNumberOf(civilDateOf(now))), mostCounted),
          queue: await countJobs(transaction, now),
          definitions: await definitionsInForce(transaction, clock.now()),
          verified: await latestVerification(transaction),
          standing: await trailKeepsUp(transaction, now, startedAt),
          outside: await anchoring(transaction, places, now),
        }),
      );
      const { open, ended, running, dueToday, pastDue, incidents } = counts;
      return {
        now,
        version,
        startedAt,
        database: {
          version: facts.version,
          clockSkewMilliseconds: skew.milliseconds,
          clockSkewMeasuredAt: skew.measuredAt,
          clockSkewExcessive: skew.excessive,
        },
        cases: { open, ended: Math.min(ended, mostCounted), endedOrMore: ended > mostCounted },
        tasks: {
          open: counts.tasks.reduce((sum, { count }) => sum + count, 0),
          byRole: counts.tasks.map(({ role, count }) => ({
            role,
            roleName: roleName(role, laws.today()),
            count,
          })),
        },
        deadlines: { running, dueToday, pastDue, incidents },
        attachments: { store: attachments.store, scans: attachments.scans },
        jobs: queue,
        trail: verified
          ? { ...verified, verifiedAt: verified.endedAt, findings: findingLines(verified) }
          : null,
        placing: standing,
        anchoring: { amber: amberForAll(outside) },
        levels: counts.levels,
        definitions: definitions.map(versionView),
      };
    },
    isAlive: () => ({ status: 'alive' as const, version }),
    isReady: async (_, transaction) => {
      await assertWritable(transaction);
      const facts = await databaseFacts(transaction);
      const definitions = await definitionsInForce(transaction, clock.now());
      if (definitions.length === 0) {
        throw new Refusal('database.unusable', '数据库里还没有部署任何流程定义', {
          remedy: '用 npm start 启动，会自动部署',
        });
      }
      return { status: 'ready' as const, database: facts.version, migrations: facts.migrations };
    },
    readDocument: () => {
      const law = laws.today();
      if (said?.law !== law) said = { law, document: openApiDocument(version, law) };
      return { ...said.document };
    },
  };
}
