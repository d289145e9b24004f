/** Content of a month's publication: the received requests and, for a closed month, the figures after objections. */
import {
  buildPublication,
  methodOf,
  publicationTemplate,
  receivedByChannel,
  spread,
  tallies,
  type Counts,
  type Figures,
  type Period,
  type PublicationContent,
  type PublicationOrder,
} from '../../measures/assessment/index.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Law } from '../../kernel/law.js';
import { runKey } from '../assessment/index.js';
import type { Using } from '../parts.js';

export type FigureDeps = Using<'classTrees' | 'clock' | 'laws' | 'policies'>;

/** @throws {Refusal} `assessment.not-found` if the month has no completed run */
export async function draftContent(
  deps: FigureDeps,
  transaction: Transaction,
  order: Omit<PublicationOrder, 'threshold'>,
): Promise<PublicationContent> {
  const { kind, period } = order;
  await deps.policies.refresh(transaction);
  const threshold = Number(deps.policies.at(deps.clock.now()).value('publicationThreshold'));
  const law = deps.laws.today();
  if (kind === 'intake') {
    return buildPublication(
      { ...order, threshold },
      publicationTemplate(),
      null,
      {
        ...(await intakeOf(deps, transaction, period, law)),
        counts: {},
        figures: [],
        circulated: false,
      },
      law,
    );
  }
  const key = runKey('live', period);
  const run = (await loadCasesByKey(transaction, [key])).get(key);
  const variables = run?.variables;
  const method = run && methodOf(variables?.method, deps.laws.ofCase(run));
  if (!variables || !method || !Array.isArray(variables.figures)) {
    throw new Refusal('assessment.not-found', `${period} 还没有考核结果`, {
      remedy: '等周期关闭、算出结果之后',
    });
  }
  return buildPublication(
    { ...order, threshold },
    publicationTemplate(),
    method,
    {
      ...(await intakeOf(deps, transaction, period, law)),
      // The count as of the closing.
      received: typeof variables.received === 'number' ? variables.received : 0,
      counts: (variables.counts ?? {}) as unknown as Counts,
      figures: variables.figures as unknown[] as readonly Figures[],
      circulated: typeof variables.circular === 'string',
    },
    law,
  );
}

async function intakeOf({ classTrees }: FigureDeps, transaction: Transaction, period: Period, law: Law) {
  const byChannel = await receivedByChannel(transaction, period);
  const accepted = (await tallies(transaction, 'live', [period])).filter(
    ({ measure }) => measure === 'accepted',
  );
  const tree = await classTrees.current(transaction);
  const byArea = new Map<string, number>();
  for (const { area, of } of await spread(transaction, 'live', period, 'accepted')) {
    byArea.set(area, (byArea.get(area) ?? 0) + of);
  }
  const intake = [
    {
      heading: '受理渠道',
      cells: law.channels.map(({ key, name }) => ({ label: name, count: byChannel.get(key) ?? 0 })),
    },
    {
      heading: '诉求类别',
      cells: law.kinds.map(({ key, name }) => ({
        label: name,
        count: accepted.reduce((sum, { kind, of }) => sum + (kind === key ? of : 0), 0),
      })),
    },
    {
      heading: '诉求分类',
      cells: [...byArea].map(([area, count]) => ({ label: tree.find(area)?.name ?? '未归类', count })),
    },
  ];
  return { received: accepted.reduce((sum, { of }) => sum + of, 0), intake };
}
