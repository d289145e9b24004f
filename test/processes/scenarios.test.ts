import { expect } from 'chai';
import { readOccasions } from '../../src/channel/message/index.js';
import { shippedPolicies } from '../../src/law/policy/index.js';
import { readScenarios, runScenario } from '../../src/design/rehearsal/index.js';
import { theShippedStage } from '../support/case-runner.js';
import { isQuick, itIsTheSame, quickOnTheLibrary } from './second-engine.js';

const scenarios = await readScenarios();
const stage = await theShippedStage();

describe('各条的情景在真实引擎上、用可拨动的时钟运行', () => {
  for (const scenario of scenarios) {
    it(`${scenario.title}(${scenario.name})`, () => {
      expect(runScenario(stage, scenario).failures).to.deep.equal([]);
    });
  }

  it('有流程内容的每一条都至少有一个情景', () => {
    const told = new Set(
      scenarios.flatMap(({ provisions }) => provisions.map((id) => Number(/^art(\d+)/.exec(id)?.[1]))),
    );
    const articles = [2, 3, 14, 15, 16, 17, 18, 20, ...range(22, 33), ...range(38, 43)];
    expect(articles.filter((article) => !told.has(article))).to.deep.equal([]);
  });

  it('每项选择的政策，每个可选的值都有情景', () => {
    const told = new Set(
      scenarios.flatMap(({ given }) =>
        Object.entries(given.policies ?? {}).map(([key, value]) => `${key}=${value}`),
      ),
    );
    // Messages to callers change no case: `test/channel/message/messages.test.ts` tests both
    // values.
    const ofMessages = new Set(readOccasions().all.map(({ policy }) => policy));
    // A scenario lives under one law: `test/http/law-replaced.test.ts` replaces one by another.
    const elsewhere = new Set([...ofMessages, 'transition']);
    const values = shippedPolicies().all.flatMap((policy) =>
      policy.kind === 'choice' && !elsewhere.has(policy.key) ? othersThanShipped(policy) : [],
    );
    expect(values).to.include('replyStart=receipt');
    expect(values.filter((value) => !told.has(value))).to.deep.equal([]);
  });
});

describe('同样的情景在第二个引擎 bpmn-engine 上得到同样的结果：各流程各一两件', () => {
  for (const scenario of scenarios.filter(isQuick)) itIsTheSame(stage, scenario);

  it('列出的都有', () => {
    expect(scenarios.filter(isQuick)).to.have.length(quickOnTheLibrary.length);
  });
});

function othersThanShipped(policy: { key: string; value: string; choices: { [value: string]: string } }) {
  const others = Object.keys(policy.choices).filter((value) => value !== policy.value);
  return others.map((value) => `${policy.key}=${value}`);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
