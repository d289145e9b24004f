import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { policyValues } from '../support/policies.js';
import { unitsOf } from '../../src/handlers/index.js';
import { ask, written } from './context.js';

describe('受理的处理程序', () => {
  const repeat = { relatedSheet: '2026-0001', sameFactsAndReasons: true, priorResult: 'handled' };

  it('第二十五条：有原工单、同一事实和理由，才算重复', () => {
    expect(written('linkRepeat', repeat)).to.deep.equal({ repeatOf: 'art25.p1.i1' });
    expect(written('linkRepeat', { ...repeat, priorResult: 'not-allowed' }).repeatOf).to.equal('art25.p1.i2');
    expect(written('linkRepeat', { ...repeat, sameFactsAndReasons: false }).repeatOf).to.equal(null);
    expect(written('linkRepeat', { ...repeat, relatedSheet: ' ' }).repeatOf).to.equal(null);
    expect(written('linkRepeat', {}).repeatOf).to.equal(null);
  });

  it('第四十二条：恶意反复的，没有劝阻记录或者劝阻有效的，不能移送', () => {
    const malicious = { conduct: 'malicious-repetition' };
    const missing = { error: 'dissuasion-missing' };
    expect(ask('verifyReferral', malicious)).to.deep.equal(missing);
    expect(ask('verifyReferral', { ...malicious, dissuasionEffective: false })).to.deep.equal(missing);
    expect(
      ask('verifyReferral', { ...malicious, dissuasionRecord: '已劝阻', dissuasionEffective: true }),
    ).to.deep.equal(missing);
    expect(
      written('verifyReferral', { ...malicious, dissuasionRecord: '已劝阻', dissuasionEffective: false }),
    ).to.deep.equal({ referralProvision: 'art42' });
  });

  it('第四十三条：侮辱、威胁的，不以劝阻为前提', () => {
    expect(written('verifyReferral', { conduct: 'insult' })).to.deep.equal({ referralProvision: 'art43' });
  });

  it('第三十二条：主办、协办单位都不得是被投诉举报或者有利害关系的单位', () => {
    const accused = { accusedUnit: '甲局', interestedUnits: '乙局、丙 局' };
    expect(ask('checkRecusal', { ...accused, unit: '甲局' })).to.deep.equal({ error: 'recusal' });
    expect(ask('checkRecusal', { ...accused, unit: '丁局', supportingUnits: '戊局，丙局' })).to.deep.equal({
      error: 'recusal',
    });
    expect(written('checkRecusal', { ...accused, unit: '丁局' })).to.deep.equal({
      recusedUnits: ['甲局', '乙局', '丙局'],
      callerShielded: true,
    });
    expect(written('checkRecusal', { unit: '甲局' }).callerShielded).to.equal(false);
    expect(unitsOf({ unit: '甲局', supportingUnits: '乙局', coordinatingUnit: '丙市政府' })).to.deep.equal([
      { name: '甲局', leads: true },
      { name: '乙局', leads: false },
      { name: '丙市政府', leads: false },
    ]);
  });

  it('第二十三条第一款第一项：有所指控的当场答复须他人确认，除非政策规定自行办结', () => {
    const due = (variables: JsonObject, spotClosing = 'confirm') =>
      written('judgeSpotClosing', variables, policyValues({ spotClosing })).spotConfirmationDue;
    expect(due({})).to.equal(false);
    expect(due({ accusation: 'matter' })).to.equal(false);
    for (const accused of [{ accusation: 'none' }, { accusation: 'person' }, { accusedUnit: '甲局' }]) {
      expect(due(accused)).to.equal(true);
      expect(due(accused, 'free')).to.equal(false);
    }
  });

  it('第二十三条：受理环节的三种结果', () => {
    expect(written('recordAcceptanceOutcome', { wayOut: 'on-the-spot' }).outcome).to.equal('当场答复');
    expect(written('recordAcceptanceOutcome', { wayOut: 'original-channel' }).outcome).to.equal('告知原途径');
    expect(
      written('recordAcceptanceOutcome', { referralDecision: 'refer', matterRemains: false }).outcome,
    ).to.equal('移送公安机关');
  });
});
