/** Titles of entries in the city's words. */
import { expect } from 'chai';
import { entryTitle } from '../../../src/cases/index.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';

describe('条目的名称', () => {
  it('来电人照本市条例的叫法', () => {
    const recordedAt = '2026-03-02T10:00:00+08:00';
    const body = { actor: '来电人', recordedAt, provisions: ['art16'] };
    const law = shippedLaw('2026-01-01');
    const titled = (caller: string): string =>
      entryTitle(
        { type: 'caller.urged', body },
        {
          ...{ elements: new Map(), processName: (key: string) => key },
          law: { ...law, titles: { ...law.titles, bearers: { caller } } },
        },
      );
    expect(titled('来电人')).to.equal('来电人催办');
    expect(titled('服务对象')).to.equal('服务对象催办');
  });
});
