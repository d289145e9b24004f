import { expect } from 'chai';
import fc from 'fast-check';
import { civilDateOfDay, startOfDay } from '../../../src/kernel/civil-date.js';
import { policiesOf, shippedPolicies } from '../../../src/law/policy/index.js';

describe('何时适用哪些政策', () => {
  const catalogue = shippedPolicies();
  const firstDay = 20_000;
  const decision = fc.record({
    key: fc.constantFrom('supervisionLimit', 'yellowLead'),
    value: fc.constantFrom('P1D', 'P2D', 'P3D', 'P4D'),
    day: fc.integer({ min: firstDay, max: firstDay + 40 }),
  });
  const inOrder = (decisions: readonly { key: string; value: string; day: number }[]) =>
    [...decisions]
      .sort((a, b) => a.day - b.day)
      .map(({ key, value, day }) => ({ key, value, effectiveOn: civilDateOfDay(day) }));

  it('与逐条比较的算法一致：已经生效的里面，后生效的算数；版本是已经生效的条数加一', () => {
    fc.assert(
      fc.property(
        fc.array(decision, { maxLength: 12 }),
        fc.integer({ min: -1, max: 41 * 24 }),
        (decisions, hour) => {
          const at = new Date(startOfDay(firstDay).getTime() + hour * 3_600_000);
          const inForce = policiesOf(catalogue, inOrder(decisions)).at(at);
          const past = decisions.toSorted((a, b) => a.day - b.day).filter(({ day }) => startOfDay(day) <= at);
          expect(inForce.version).to.equal(past.length + 1);
          for (const key of ['supervisionLimit', 'yellowLead', 'firstDay']) {
            const last = past.findLast((one) => one.key === key)?.value;
            expect(inForce.value(key)).to.equal(last ?? catalogue.named(key).value);
          }
        },
      ),
    );
  });

  it('后来批准的只管将来：它生效以前的任何时刻，值和版本都不变', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), decision, (decisions, later) => {
        const before = policiesOf(catalogue, inOrder(decisions));
        const after = policiesOf(catalogue, inOrder([...decisions, later]));
        for (let day = firstDay - 1; day < later.day; day++) {
          const at = new Date(startOfDay(day + 1).getTime() - 1);
          expect(after.at(at).version).to.equal(before.at(at).version);
          for (const { key } of catalogue.all) {
            expect(after.at(at).value(key)).to.equal(before.at(at).value(key));
          }
        }
      }),
    );
  });

  it('没有的政策没有值', () => {
    expect(policiesOf(catalogue, []).at(new Date(0)).value('lunch')).to.equal(undefined);
  });
});
