/** Units suggested at intake, learned from sheets that ended; and suggestions for words in another language. */
import { expect } from 'chai';
import { createSuggester } from '../../src/sheet/classification/index.js';
import { createLife } from '../measures/assessment/life.js';
import { answered, post, registered, useServer } from './serving.js';

interface Suggestions {
  readonly units: readonly { readonly name: string; readonly because: readonly string[] }[];
  readonly classes: readonly { readonly name: string }[];
}

describe('http 提示：承办单位、外文', () => {
  const served = useServer({ at: '2026-10-09T10:00:00+08:00' });
  const life = createLife(() => served().system);
  const suggest = async (draft: object) =>
    answered('suggestIntake', await post(served().url, '/api/intake/suggestions', draft)) as Suggestions;
  const currentTree = () => {
    const { database, classTrees } = served().system;
    return database.transaction((transaction) => classTrees.current(transaction));
  };

  before(async () => {
    for (const supportingUnits of ['市水务局', '市城管局'])
      await registered(served().url, { supportingUnits });
    for (const title of ['自来水管漏水', '自来水管爆裂', '自来水发黄']) {
      const no = await life.dispatched('10-12T09:00', '市水务局', null, title);
      await life.handled(no, '10-14T10:00', 'satisfied');
    }
    for (const [unit, title] of [
      ['市城管局', '路边摊贩占道'],
      ['市城管局', '夜市摊贩占道'],
      ['撤了的单位', '夜市摊贩占道'],
    ] as const) {
      const no = await life.dispatched('10-12T09:00', unit, null, title);
      await life.handled(no, '10-14T10:00', 'satisfied');
    }
    const open = await life.dispatched('10-12T09:00', '市城管局', null, '自来水管没有水');
    expect(open).not.to.equal('');
    served().system.clock.moveTo(new Date('2026-10-14T11:00:00+08:00'));
  });

  it('第二十三条第二项：提示办过用字相近的工单的单位和依据，不在名册里的、没有办结的不算', async () => {
    const { system } = served();
    await system.suggester.learn(await currentTree());
    const { units } = await suggest({ title: '自来水有味', text: '家里的自来水有味' });
    expect(units.map(({ name }) => name)).to.deep.equal(['市水务局']);
    expect(units[0]?.because).to.include('来水');
    const stalls = await suggest({ text: '楼下夜市摊贩占道' });
    expect(stalls.units.map(({ name }) => name)).to.deep.equal(['市城管局']);
    expect((await suggest({ text: '鹦鹉' })).units).to.deep.equal([]);
  });

  it('几个程序同时学，每张只学一次', async () => {
    const { database, clock } = served().system;
    const tree = await currentTree();
    await Promise.all([1, 2].map(() => createSuggester({ database, clock }).learn(tree)));
    const rows = await database.transaction((transaction) =>
      transaction.query<{ code: string; sheets: number }>(
        "SELECT code, sheets FROM hotline.word_profile WHERE subject = 'unit' ORDER BY sheets DESC, code",
      ),
    );
    expect(rows.map(({ code, sheets }) => [code, sheets])).to.deep.equal([
      ['市水务局', 3],
      ['市城管局', 2],
      ['撤了的单位', 1],
    ]);
  });

  it('外文的也有提示：依说法的意思', async () => {
    const said = {
      title: 'No water in our building',
      text: 'There has been no water since this morning.',
    };
    const { classes, units } = await suggest(said);
    expect(classes[0]?.name).to.match(/^公用事业 \/ 供水/);
    expect(units.map(({ name }) => name)).to.deep.equal([]);
    const russian = await suggest({ text: 'Не горит уличный фонарь у дома' });
    expect(russian.classes[0]?.name).to.include('路灯');
  });
});
