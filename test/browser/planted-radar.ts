/** Markup in texts of a hypothesis (Art 39): the question, the unit's answer, the decision. */
import type { OperationId } from '../../src/http/contract/operations.js';
import type { Served } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import { here, type Ids } from './planted.js';

export async function plantRadar(on: {
  readonly served: Served;
  readonly act: (id: OperationId, body: object, ids?: Ids, as?: SignedIn) => Promise<unknown>;
  readonly unit: string;
  readonly handler: SignedIn;
}): Promise<void> {
  const { act, unit, handler, served } = on;
  await served.system.database.pool.query(
    `INSERT INTO hotline.radar_hypothesis (id, pattern, kind, subject, found, "of", rest_found, rest_of, power, raised_at, seen_at, open)
     VALUES (1, 'extensions', 'unit', $1, 14, 25, 4, 100, 7, now(), now(), true)`,
    [unit],
  );
  const auditor = await served.people.allowed(['auditor']);
  await act('askAboutRadar', { unit, question: here }, { id: 1 }, auditor);
  await act('answerRadarQuestion', { answer: here }, { id: 1 }, handler);
  await act('decideRadar', { decision: 'explained', reason: here }, { id: 1 }, auditor);
}
