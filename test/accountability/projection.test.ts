import { expect } from 'chai';
import { writeOnce } from '../../src/accountability/index.js';
import { proposalProjector } from '../../src/law/policy/index.js';
import { useDatabase } from '../support/database.js';

describe('projection: rows follow from the stream on which their table stands', () => {
  const database = useDatabase();

  it('writes none from another stream: verification, which reads only its own, would call the row false', async () => {
    const entry = {
      stream: 'accounts',
      type: 'policy.proposed',
      at: new Date('2026-03-02T10:00:00+08:00'),
      body: {
        ...{ proposal: 1, key: 'supervisionLimit', value: 'P2D', effectiveOn: '2026-04-01' },
        ...{ reason: '理由', document: null, actor: '甲', login: 'jia' },
      },
    };
    const wrong = await database()
      .transaction((transaction) => writeOnce(transaction, proposalProjector, entry))
      .catch((error: unknown) => error);
    expect(wrong)
      .to.be.an.instanceof(TypeError)
      .with.property('message', 'policy_proposal follows from policies, not from accounts');
  });
});
