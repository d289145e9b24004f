/** Markup in texts of warnings and special studies (Art 26): three bursts, one for each possible decision. */
import { sequence } from '../../src/accountability/index.js';
import { followDuties } from '../../src/law/regulation/index.js';
import { followMatters } from '../../src/measures/warning/index.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import { answered, send, type Served } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import { here, type Ids, type View } from './planted.js';

export async function plantWarnings(on: {
  readonly served: Served;
  readonly act: (id: OperationId, body: object, ids?: Ids, as?: SignedIn) => Promise<unknown>;
  readonly make: (id: OperationId, body: object, ids?: Ids, as?: SignedIn) => Promise<View>;
  readonly unit: string;
  readonly handler: SignedIn;
}): Promise<void> {
  const { act, make, unit, handler } = on;
  const { people, system, url } = on.served;
  const call = { channel: 'phone', kind: 'help', title: '小区突然停水', content: here };
  for (const district of ['甲', '乙', '丙']) {
    for (let calls = 0; calls < 3; calls++)
      await act('acceptRequest', { ...call, district: here + district });
  }
  await sequence(system.database);
  while ((await followMatters(system)) > 0);
  while ((await followDuties(system.database, system.catalogues)) > 0);
  const duty = await people.allowed(['supervisor']);
  const { items } = answered('listWarnings', await send(url, '/api/warnings', { as: duty })) as {
    items: { id: number }[];
  };
  const [first, second, third] = items.map(({ id }) => ({ id }));
  await act('acknowledgeWarning', { reason: here }, first, duty);
  await act('dismissWarning', { reason: here }, second, duty);
  await act('suggestStudyOfWarning', { unit, reason: here }, third, duty);
  const hotSpot = { district: here, class: '', unit, reason: here };
  const { id } = await make('suggestStudy', hotSpot, {}, duty);
  await act('answerStudy', { taken: true, reason: here }, { id }, handler);
}
