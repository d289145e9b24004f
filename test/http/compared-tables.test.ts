/**
 * Verification names changes that somebody with all rights made in the tables: the row, its value,
 * the expected value.
 */
import { expect } from 'chai';
import { verifyNightly, verifyTrail } from '../../src/accountability/index.js';
import { newcomer, sessionOf } from '../support/people.js';
import { asOwner } from '../support/owner.js';
import { whileTampered } from '../support/tamper.js';
import { answered, send, useServer } from './serving.js';
import { rowTamperings, live } from './tamperings.js';

describe('表里的行与轨迹对照（第二十二条、第四十条）', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let no: string;

  const findings = async () =>
    (await verifyTrail(served().system)).findings.filter(({ attack }) => attack !== 'unguarded');

  before(async () => {
    no = await live(served());
  });

  it('没有改动的，全部成立', async () => {
    expect(await findings()).to.deep.equal([]);
  });

  /**
   * One per table; each by itself, on a copy: tamperings.long.ts. A case's parties and recused
   * units follow from its state, which is changed as well.
   */
  const together = [...new Map(rowTamperings.toReversed().map((one) => [one.table, one])).values()].filter(
    ({ table }) => table !== 'case_party' && table !== 'case_barred',
  );

  it('改了的每张表都点名；每夜核一部分的也核得到，列表里标出', async () => {
    const { system, url } = served();
    const tables = together.map(({ table }) => table);
    const statements = together.map(({ sql }) => [sql(no)] as const);
    await whileTampered(system.database.url, tables, statements, async () => {
      const found = await findings();
      expect(tables.filter((table) => !found.some(({ row }) => row?.table === table))).to.deep.equal([]);
      const lists = async () => {
        system.clock.moveTo(new Date(system.clock.now().getTime() + 61_000));
        return Promise.all(
          ['/api/tasks', '/api/work-orders', '/api/board'].map(async (path) => (await send(url, path)).text),
        );
      };
      for (const list of await lists()) expect(list).to.match(/"altered":true/);
      // Nights of eight entries: an earlier night's finding remains until its chain is read again.
      const nights = [];
      for (let night = 0; night < 40; night += 1) {
        nights.push(await verifyNightly({ ...system, most: 8 }));
        if (night > 0 && /已核完全库/.test(nights.at(-1)?.facts.join() ?? '')) break;
      }
      expect(nights.length).to.be.within(3, 39);
      const { findings: standing, holds } = nights.at(-1) ?? {};
      expect(holds).to.equal(false);
      expect(standing?.map(({ row }) => row?.table)).to.include.members([
        'work_order',
        'role_grant',
        'sealed_value',
      ]);
    });
    for (let night = 0; night < 40; night += 1)
      if (/已核完全库/.test((await verifyNightly({ ...system, most: 8 })).facts.join())) break;
    const last = await verifyNightly({ ...system, most: 8 });
    expect(last.findings.filter(({ attack }) => attack !== 'unguarded')).to.deep.equal([]);
  });

  it('工单页写明哪几项不是轨迹所记的', async () => {
    const { system, url } = served();
    const altered = async () =>
      (answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as { altered: string[] }).altered;
    expect(await altered()).to.deep.equal([]);
    const changed = `UPDATE work_order SET content = '无事' WHERE no = '${no}'`;
    await whileTampered(system.database.url, ['work_order'], [[changed]], async () => {
      expect(await altered()).to.deep.equal(['内容']);
    });
    const closed = `UPDATE process_case SET ended_at = now() WHERE business_key = '${no}'`;
    await whileTampered(system.database.url, ['process_case'], [[closed]], async () => {
      expect(await altered()).to.deep.equal(['办理的现状']);
    });
  });

  it('塞进去的角色什么也不给：没有授予它的条目，或者指着别的条目、已经收回的授予', async () => {
    const { system, url } = served();
    const watcher = await newcomer(system, { login: 'jia', roles: ['inspector'] });
    const asked = async () =>
      (await send(url, '/api/accountability', { as: { ...watcher, ...(await sessionOf(system, 'jia')) } }))
        .status;
    const [granted] = await system.database.transaction((transaction) =>
      transaction.query<{ entry: number }>(
        `SELECT entry FROM hotline.role_grant WHERE role = 'inspector' AND person = (SELECT id FROM hotline.person WHERE login = 'jia')`,
      ),
    );
    expect(await asked()).to.equal(200);
    await system.identity.people.revoke('jia', 'inspector', '安全管理员');
    expect(await asked()).to.equal(403);
    for (const entry of [1, granted?.entry ?? 0, 999_999]) {
      const slipped = `INSERT INTO role_grant SELECT id, 'inspector', now(), '无', ${entry} FROM person WHERE login = 'jia'`;
      await whileTampered(system.database.url, ['role_grant'], [[slipped]], async () => {
        expect(await asked(), `entry ${entry}`).to.equal(403);
      });
    }
  });

  it('改过又改回去的，全部成立', async () => {
    expect(await findings()).to.deep.equal([]);
  });

  const guards: readonly (readonly [what: string, sql: string, back: string, said: RegExp])[] = [
    [
      '把挡住修改的函数换成什么也不做的',
      'CREATE OR REPLACE FUNCTION hotline.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      '',
      /函数 refuse_change 的内容被换过/,
    ],
    [
      '让程序的角色能改轨迹',
      'GRANT UPDATE, DELETE ON hotline.trail_entry TO hotline_app',
      'REVOKE UPDATE, DELETE ON hotline.trail_entry FROM hotline_app',
      /表 trail_entry 与本程序的结构不符.*update/,
    ],
    [
      '打开来电人资料的围栏',
      'ALTER TABLE hotline.caller DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE hotline.caller ENABLE ROW LEVEL SECURITY',
      /表 caller/,
    ],
    [
      '去掉触发器',
      'DROP TRIGGER definition_append_only ON hotline.definition',
      '',
      /表 definition 上挡住修改、删除、清空的触发器不全/,
    ],
  ];
  for (const [what, sql, back, said] of guards) {
    it(`${what}：点名`, async () => {
      await asOwner(served().system.database.url, sql);
      const { findings: found } = await verifyTrail(served().system);
      expect(found.map(({ detail }) => detail).join('\n')).to.match(said);
      if (back !== '') await asOwner(served().system.database.url, back);
    });
  }
});
