/**
 * Nobody honest is accused: every kind of honest work, through the interface of two programs,
 * leaves no finding for verification. The last test fails if a changing operation of the contract
 * is called in no part of the day.
 */
import { expect } from 'chai';
import { verifyNightly, verifyTrail } from '../../src/accountability/index.js';
import { operations, type Operation, type OperationId } from '../../src/http/contract/operations.js';
import { copyOf } from '../support/database.js';
import { secondProgram } from '../support/second-program.js';
import { accounts } from './accounts.js';
import { caller } from './caller.js';
import { channels } from './channels.js';
import { useDay } from './day.js';
import { desk } from './desk.js';
import { measures } from './measures.js';
import { rules } from './rules.js';

/** Accounts come last: retention then finds more, and the clock has moved by months. */
const parts = { desk, caller, channels, rules, measures, accounts };

describe('没有一个守规矩的人被指为改动过：各渠道、各项操作办一天，核验没有一处不符（第二十二条）', () => {
  const day = useDay('2026-03-02T10:00:00+08:00');

  for (const [name, part] of Object.entries(parts))
    it(`${name}`, async () => {
      await day().restart();
      await part(day());
      expect(await day().findings()).to.deep.equal([]);
    }).timeout(600_000);

  it('接口里改变东西的操作，没有一项漏下', () => {
    const changing = (Object.entries(operations) as [OperationId, Operation][]).filter(
      ([, { method }]) => method !== 'get',
    );
    expect(changing.map(([id]) => id).filter((id) => !day().called.has(id))).to.deep.equal([]);
  });

  it('分夜核验，一轮下来也没有一处', async () => {
    const { system } = day().served;
    for (let night = 0; night < 400; night += 1) {
      const { findings, facts } = await verifyNightly({ ...system, most: 500 });
      expect(findings.map(({ detail }) => detail)).to.deep.equal([]);
      if (night > 0 && /已核完全库/.test(facts.join())) return;
    }
    expect.fail('a round takes more than 400 nights');
  }).timeout(600_000);

  it('恢复的一份，由另一个程序核验，没有一处', async () => {
    const { system } = day().served;
    const database = await copyOf(system.database);
    const copy = await secondProgram({ ...system, database });
    try {
      const { findings, verdict } = await verifyTrail(copy.program);
      expect(findings.map(({ detail }) => detail)).to.deep.equal([]);
      expect(verdict.state).to.equal('genuine');
    } finally {
      await copy.stop();
      await database.close();
    }
  }).timeout(600_000);
});
