/** A city's own words where the program has others: 服务对象 for 来电人, 追责 for 问责 (Weifang 10, 33; Beijing 2). */
import { join } from 'node:path';
import { expect } from 'chai';
import { openApiDocument } from '../../src/http/openapi.js';
import { worklistColumnsUnder } from '../../src/http/views/worklist-table.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { shippedLaw } from '../../src/law/regulation/index.js';

describe('本市的叫法：接口说明、导出的待办', () => {
  const cases = [
    { city: '', has: ['来电人', '问责'], lacks: ['服务对象', '诉求人', '追责'] },
    { city: 'packages/weifang', has: ['服务对象', '追责'], lacks: ['来电人', '问责'] },
    { city: 'packages/beijing', has: ['诉求人', '问责'], lacks: ['来电人', '服务对象'] },
  ];
  for (const { city, has, lacks } of cases) {
    it(`${city || '济南'}：说${has.join('、')}，不说${lacks.join('、')}`, () => {
      const law = shippedLaw('2026-03-02', join(packageRoot, city));
      const said = JSON.stringify(openApiDocument('0', law));
      expect(has.filter((word) => !said.includes(word))).to.deep.equal([]);
      expect(lacks.filter((word) => said.includes(word))).to.deep.equal([]);
      const { added, urged } = worklistColumnsUnder(law);
      expect([added.title, urged.title]).to.deep.equal([`${has[0]}补充`, `${has[0]}催办`]);
    });
  }
});
