/**
 * Every rule with fixtures of the same name: `fixtures/RULE/valid….bpmn` give no finding of the
 * rule, `fixtures/RULE/invalid….bpmn` exactly those in the table.
 */
import { expect } from 'chai';
import { checkDiagram, ruleNames, type Finding } from '../../../src/design/compliance/index.js';
import { cellsOf, rangesInWords } from '../../../src/design/compliance/data/cells.js';
import { checkContext, shippedDiagrams } from '../../support/check-context.js';
import { expected } from './expected/index.js';
import { fixtures, type Fixture } from './fixture-context.js';
import { drawnLimit } from '../../support/drawn-limit.js';
import { workingDaysOf } from '../../../src/kernel/limit.js';

const said = async ({ rule, source, context }: Fixture): Promise<readonly Finding[]> => {
  const { findings } = await checkDiagram(source, context);
  return findings.filter((finding) => finding.rule === rule);
};

describe('流程图的核查', () => {
  for (const rule of ruleNames) {
    describe(rule, () => {
      const own = fixtures.filter((fixture) => fixture.rule === rule);
      const invalid = own.filter(({ name }) => name.startsWith('invalid-'));

      it('有合格的图，也有每一种不合格的图', () => {
        expect(own.some(({ name }) => name.startsWith('valid'))).to.equal(true);
        expect(invalid.map(({ name }) => name.replace('invalid-', ''))).to.have.members(
          Object.keys(expected[rule]),
        );
      });

      for (const fixture of own.filter((one) => !invalid.includes(one))) {
        it(`${fixture.name}：没有可说的`, async () => {
          expect(await said(fixture)).to.deep.equal([]);
        });
      }

      for (const fixture of invalid) {
        const wanted = expected[rule][fixture.name.replace('invalid-', '')] ?? [];
        it(`${fixture.name}:${wanted.map(({ message }) => message).join(';')}`, async () => {
          const findings = await said(fixture);
          expect(
            findings.map(({ element, article, severity }) => ({ element, article, severity })),
          ).to.deep.equal(
            wanted.map(({ element, article = '—', severity = 'error' }) => ({ element, article, severity })),
          );
          for (const [index, { message }] of wanted.entries()) {
            expect(findings[index]?.message).to.contain(message);
            expect(findings[index]?.fix, '一句话的改法').to.match(/^[^\n]*[\u4e00-\u9fff][^\n]*。$/);
          }
        });
      }
    });
  }
});

describe('条件轮得到', () => {
  it('说出由哪个出口、哪个环节定的，画图时标出来', async () => {
    const decided = async (name: string) => {
      const fixture = fixtures.find((one) => one.rule === 'dead-conditions' && one.name === name);
      return fixture && (await said(fixture)).map(({ decidedBy }) => decidedBy);
    };
    expect(await decided('invalid-number')).to.deep.equal([['Flow_On']]);
    expect(await decided('invalid-not-offered')).to.deep.equal([['Anew']]);
  });

  it('数字、日期只是填了、哪个都行的，也说得通', () => {
    const words = (kind: 'number' | 'date', texts: readonly string[]) => {
      const cells = (cellsOf(kind, texts) ?? []) as (string | number)[];
      return rangesInWords(kind, cells, new Set(cells));
    };
    expect(words('number', ['件数 > 3'])).to.deep.equal(['任何一个数']);
    expect(words('date', ['日 > date("2026-03-02")'])).to.deep.equal(['任何一天']);
  });
});

describe('写错了的表达式', () => {
  const { xml } = shippedDiagrams.find((one) => one.xml.includes('duty:proposal="dispatch"')) ?? { xml: '' };
  const places: { readonly [place: string]: RegExp } = {
    必填各项的表单规则: /(?<=holds=")= channelTold(?=")/,
    有决策表提议的表单的规则: /(?<=holds=")= supportingUnits = null or not[^"]*/,
    顺序流的条件: /(?<=<bpmn:conditionExpression[^>]*>)[^<]*wayOut[^<]*/,
  };
  for (const [place, written] of Object.entries(places)) {
    it(`${place}：说出是哪一处，别的照查`, async () => {
      const wrong = xml.replace(written, '= unit = ((');
      expect(wrong).to.not.equal(xml);
      const { findings } = await checkDiagram(wrong, checkContext);
      expect(findings.map(({ message }) => message).join('\n')).to.include('unit = ((');
    });
  }
});

describe('时限写在工单上的（由派单时定）', () => {
  const { xml } = shippedDiagrams.find(({ file }) => file.startsWith('handling')) ?? { xml: '' };
  const norms = checkContext.norms.map((norm) =>
    workingDaysOf(norm.limit) !== undefined
      ? { ...norm, limit: { stated: { deed: 'limit.written', fact: 'limit' }, of: 'working' as const } }
      : norm,
  );
  const saidOf = async (source: string): Promise<readonly string[]> => {
    const { findings } = await checkDiagram(source, { ...checkContext, norms });
    return findings.filter(({ rule }) => rule === 'deadline').map(({ message }) => message);
  };

  it('图上写的长短、变量都不算，依条例的算', async () => {
    expect(await saidOf(drawnLimit(xml, 'P5D'))).to.deep.equal([
      '“回复期限届满” 不是条例的期限（所写明的时限）：长短写在了图上。',
    ]);
    expect(await saidOf(drawnLimit(xml, '= progress'))).to.have.length(1);
    expect(await saidOf(xml)).to.deep.equal([]);
  });
});

describe('有条件才欠的凭据', () => {
  const { xml } = shippedDiagrams.find(({ file }) => file.startsWith('handling')) ?? { xml: '' };
  const saidOf = async (source: string, when: { readonly deed: string; readonly facts: object }) => {
    const norms = checkContext.norms.map((norm) =>
      norm.id === 'J16'
        ? { ...norm, evidence: { ...norm.evidence, conditional: [{ when, fields: ['returnReason'] }] } }
        : norm,
    );
    const { findings } = await checkDiagram(source, { ...checkContext, norms } as typeof checkContext);
    return findings
      .filter(({ rule }) => rule === 'evidence')
      .map(({ element, message }) => `${element}:${message}`);
  };
  const returned = { deed: 'return.applied', facts: {} };
  const without = (pattern: RegExp, by = ''): string => {
    const changed = xml.replace(pattern, by);
    expect(changed).to.not.equal(xml);
    return changed;
  };

  it('退单的理由：表单规则要求退单的写明，就没有可说的', async () => {
    expect(await saidOf(xml, returned)).to.deep.equal([]);
  });

  it('删去那条规则的，退单可以不写理由', async () => {
    const rule = /<duty:rule holds="= receipt != &quot;return&quot; or returnReason[^>]*>/;
    expect(await saidOf(without(rule), returned)).to.deep.equal([
      'Task_Receive:“签收工单” 办“申请退单”要有“退单理由”（returnReason）作 J16 的凭据，表单可以不填。',
    ]);
  });

  it('规则要求的是别的情形的，同样可以不写', async () => {
    const rule = /(?<=holds="= receipt != &quot;)return(?=&quot; or returnReason)/;
    expect(await saidOf(without(rule, 'accept'), returned)).to.have.length(1);
  });

  it('不存证的、表单没有这一栏的，说出来', async () => {
    const field = /<duty:field key="returnReason"[^>]*>/;
    expect((await saidOf(without(/(?<=key="returnReason"[^>]*) evidence="true"/), returned))[0]).to.include(
      '不存证',
    );
    expect((await saidOf(without(field), returned))[0]).to.include('没有问');
  });

  it('看行为的事实：不是这一种的，不要这一栏', async () => {
    const stated = (branch: string) => ({ deed: 'handling.stated', facts: { branch } });
    const fact = /(?<=<duty:deed name=")return\.applied"[^>]*>/;
    const drawn = without(fact, 'handling.stated"><duty:fact name="branch" value="= receipt"/></duty:deed>');
    expect(await saidOf(drawn, stated('return'))).to.deep.equal([]);
    expect(await saidOf(drawn, stated('accept'))).to.have.length(1);
  });
});

describe('期限依行为所写的日期', () => {
  it('图上的行为没有这个事实：说出是哪个环节、哪个期限', async () => {
    const { xml } = shippedDiagrams.find(({ xml: one }) => one.includes('name="limit.stated"')) ?? {
      xml: '',
    };
    const without = xml.replace(
      /(<duty:deed name="limit.stated"[^>]*>)\s*<duty:fact name="date"[^>]*>/,
      '$1',
    );
    expect(without).to.not.equal(xml);
    const { findings } = await checkDiagram(without, checkContext);
    expect(findings.map(({ message }) => message).join('\n')).to.match(
      /没有事实 date：期限 completion 依它定/,
    );
  });
});

describe('随附的五张图', () => {
  for (const { file, xml } of shippedDiagrams) {
    it(`${file} 没有任何可说的，可以发布`, async () => {
      expect(await checkDiagram(xml, checkContext)).to.deep.equal({ publishable: true, findings: [] });
    });
  }

  const { xml: handling } = shippedDiagrams.find(({ file }) => file.startsWith('handling')) ?? { xml: '' };
  const told: { readonly [deed: string]: string } = {
    'limit.stated': 'J29',
    'measures.stated': 'J30',
    'reasons.stated': 'J31',
  };
  for (const [deed, norm] of Object.entries(told)) {
    it(`第二十四条：没有 ${deed} 的，说出 ${norm} 没有履行，不可以发布`, async () => {
      const link = new RegExp(`<duty:deed name="${deed}"(/>|>[^]*?</duty:deed>)`);
      const { findings, publishable } = await checkDiagram(handling.replace(link, ''), checkContext);
      expect(publishable).to.equal(false);
      expect(findings.map(({ message }) => message).join('\n')).to.include(`（${norm}）`);
    });
  }
});
