import { expect } from 'chai';
import { allScenarios, runScenario } from '../support/scenario.js';

describe('各条的情景在真实引擎上、用可拨动的时钟运行', () => {
  for (const scenario of allScenarios()) {
    it(`${scenario.title}(${scenario.name})`, () => runScenario(scenario));
  }

  it('有流程内容的每一条都至少有一个情景', () => {
    const articles = new Set(
      allScenarios().flatMap(({ provisions }) =>
        provisions.map((provision) => /^art(\d+)/.exec(provision)?.[1]),
      ),
    );
    const withProcess = [
      2, 3, 14, 15, 16, 17, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 38, 39, 40, 41, 42, 43,
    ];
    expect(withProcess.filter((article) => !articles.has(String(article)))).to.deep.equal([]);
  });
});
