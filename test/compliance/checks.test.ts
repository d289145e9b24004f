/**
 * Every rule with its fixtures, of one name: `fixtures/RULE/valid….bpmn` say nothing of the rule,
 * `fixtures/RULE/invalid….bpmn` exactly what stands in the table.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkDiagram, type Finding, type RuleName } from '../../src/compliance/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { checkContext, shippedDiagrams } from '../support/check-context.js';
import { expected } from './expected.js';

const folder = join(packageRoot, 'test', 'compliance', 'fixtures');

const said = async (rule: string, file: string): Promise<readonly Finding[]> => {
  const { findings } = await checkDiagram(readFileSync(join(folder, rule, file)), checkContext);
  return findings.filter((finding) => finding.rule === rule);
};

describe('流程图的核查', () => {
  for (const [rule, invalid] of Object.entries(expected) as [RuleName, (typeof expected)[RuleName]][]) {
    describe(rule, () => {
      const files = readdirSync(join(folder, rule));

      for (const file of files.filter((name) => name.startsWith('valid'))) {
        it(`${file} 没有可说的`, async () => {
          expect(await said(rule, file)).to.deep.equal([]);
        });
      }

      it('每张有毛病的图都在表里', () => {
        const names = files.filter((name) => name.startsWith('invalid'));
        expect(names.map((name) => name.replace(/^invalid-|\.bpmn$/g, ''))).to.have.members(
          Object.keys(invalid ?? {}),
        );
      });

      for (const [name, wanted] of Object.entries(invalid ?? {})) {
        it(`invalid-${name}:${wanted.map(({ message }) => message).join(';')}`, async () => {
          const findings = await said(rule, `invalid-${name}.bpmn`);
          expect(findings.map(({ element }) => element)).to.deep.equal(wanted.map(({ element }) => element));
          for (const [index, { message, article = '—', severity = 'error' }] of wanted.entries()) {
            const finding = findings[index];
            expect(finding?.message).to.contain(message);
            expect(finding?.article).to.equal(article);
            expect(finding?.severity).to.equal(severity);
            expect(finding?.fix, '一句话的改法').to.match(/^[^\n]*[\u4e00-\u9fff][^\n]*。$/);
          }
        });
      }
    });
  }
});

describe('随附的五张图', () => {
  for (const { file, xml } of shippedDiagrams) {
    it(`${file} 可以发布`, async () => {
      const { findings, publishable } = await checkDiagram(xml, checkContext);
      expect(findings).to.deep.equal([]);
      expect(publishable).to.equal(true);
    });
  }
});
