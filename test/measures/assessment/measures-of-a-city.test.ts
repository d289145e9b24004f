/**
 * A measure that only another city has: counted from the trail, weighted by its method, documented
 * in the interface.
 */
import { expect } from 'chai';
import { factsOf, sampleMethod } from '../../../src/measures/assessment/index.js';
import { figuresOf } from '../../../src/measures/assessment/figures.js';
import { checkMethod } from '../../../src/measures/assessment/method.js';
import type { MethodContent } from '../../../src/measures/assessment/model/index.js';
import { openApiDocument } from '../../../src/http/openapi.js';
import type { Law } from '../../../src/kernel/law.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { shippedCatalogue, shippedLaw } from '../../../src/law/regulation/index.js';
import { createCaseRunner } from '../../support/case-runner.js';
import { copyOfPackage, type CityPackage } from '../../support/city-package.js';
import { refusalOf } from '../../support/refusal.js';

const at = new Date('2026-10-12T09:00:00+08:00');

describe('别的城市考核的量', () => {
  let city: CityPackage;
  let law: Law;
  before(() => {
    city = copyOfPackage();
    city.changeJson('regulation/catalogue/2018/measures.json', ({ measures }: { measures: object }) => {
      Object.assign(measures, {
        registration: {
          ...{ label: '登记', provision: 'art22', of: '受理的', met: '登记了的', instant: '登记之时' },
          decided: [{ when: [{ deed: 'matter.registered' }], met: true }],
        },
      });
    });
    law = shippedLaw('2026-10-12');
  });
  after(() => city.leave());

  const content = (): MethodContent => {
    const { indicators, ...rest } = sampleMethod(law);
    const [first, ...others] = indicators;
    if (!first) throw new Error('the sample has no indicator');
    return {
      ...rest,
      indicators: [{ ...first, formula: 'registration.met / registration.of' }, ...others],
    };
  };

  it('照它的 measures.json 从轨迹计数，进它的办法，写在接口文档里', async () => {
    const runner = await createCaseRunner();
    runner.start('acceptance', at, { channel: 'phone', kind: 'help' });
    const register = { channel: 'phone', kind: 'help', wishesReply: true, confidential: false };
    runner.complete('Task_Register', { ...register, conduct: 'orderly' }, at);
    const trail = runner.entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
    const facts = factsOf(shippedCatalogue('2026-10-12'), trail);
    expect(facts.map(({ measure, met }) => ({ measure, met }))).to.deep.include({
      measure: 'registration',
      met: true,
    });

    checkMethod(content(), law);
    const counts = { 市水务局: { registration: { met: 1, of: 4 }, accepted: { met: 4, of: 4 } } };
    const [figure] = figuresOf(content(), counts, () => null, law);
    expect(JSON.stringify(figure)).to.include('2500');
    expect(JSON.stringify(openApiDocument('0', law))).to.include('registration 登记');
  });

  it('随附的城市没有它：办法里写它，拒绝并说出有哪些量', () => {
    const refused = refusalOf(() => checkMethod(content(), shippedLaw('2026-10-12', packageRoot)));
    expect(refused?.message).to.include('accepted').and.not.to.include('registration、');
  });
});
