/** Who urges a late unit: the city's hotline body, and the unit's district. */
import { expect } from 'chai';
import { newcomer } from '../support/people.js';
import { accept, answered, completeOnly, send, useServer, type WorkOrderView } from './serving.js';

interface Listed {
  readonly items: readonly { readonly no: string; readonly name: string }[];
}

describe('第二十八条、第十二条第三项：谁督促超期的承办单位', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const dispatched = async (unit: string): Promise<WorkOrderView> => {
    const { url } = served();
    const drafted = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    return completeOnly(url, await completeOnly(url, drafted, { wayOut: 'dispatch' }), { unit });
  };

  it('区县之下的，该区县也督促，别的区县看不到；区县政府自己的、市直部门的，只由市督促', async () => {
    const { url, system } = served();
    const { people } = system.identity;
    for (const [name, kind, parent] of [
      ['东区政府', 'district', null],
      ['西区政府', 'district', null],
      ['东区水务所', 'department', '东区政府'],
      ['市水务局', 'department', null],
    ] as const) {
      await people.addUnit({ name, kind, parent: parent ?? undefined }, '测试');
    }
    const [below, itself, ofCity] = [
      await dispatched('东区水务所'),
      await dispatched('东区政府'),
      await dispatched('市水务局'),
    ];
    system.clock.moveTo(new Date('2026-03-10T00:00:00+08:00'));
    while ((await system.executor.fireDue(200)) > 0);
    const tasksOf = async (login: string, unit: string, kind: 'district' | 'hotline') => {
      const as = await newcomer(system, { login, unit, kind, roles: ['supervisor'] });
      const { items } = answered('listTasks', await send(url, '/api/tasks', { as })) as Listed;
      return items
        .filter(({ name }) => name.endsWith('热线工作机构督促'))
        .map(({ no, name }) => `${no} ${name.slice(0, 2)}`)
        .sort();
    };
    expect(await tasksOf('east', '东区政府', 'district')).to.deep.equal([`${below.sheet.no} 区县`]);
    expect(await tasksOf('west', '西区政府', 'district')).to.deep.equal([]);
    // The city sees that the district has been told to urge, too.
    expect(await tasksOf('city', '市热线工作机构', 'hotline')).to.deep.equal(
      [`${below.sheet.no} 区县`, ...[below, itself, ofCity].map(({ sheet }) => `${sheet.no} 市热`)].sort(),
    );
  });
});
