import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { shippedProcesses } from '../../../src/cases/index.js';
import { definitionOf, parseDiagram } from '../../../src/engine/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { coverageOf, shippedCatalogue, shippedScenarios } from '../../../src/law/regulation/index.js';

const catalogue = shippedCatalogue('2026-11-25');
const scenarios = shippedScenarios();

/** The shipped diagrams, with one text replaced in `handling`. */
const diagrams = (was = '', becomes = '') =>
  Promise.all(
    shippedProcesses().map(async (name) => {
      const source = packageText(`processes/${name}.bpmn`, packageRoot);
      return definitionOf(await parseDiagram(was === '' ? source : source.replaceAll(was, becomes)));
    }),
  );
const holes = async (was: string, becomes: string) =>
  coverageOf(catalogue, await diagrams(was, becomes), scenarios).holes;

describe('条例的覆盖', () => {
  it('随附的图和情景覆盖每条要由流程履行的义务，没有无据的环节', async () => {
    const coverage = coverageOf(catalogue, await diagrams(), scenarios);
    expect(coverage.holes.map(({ sentence }) => sentence)).to.deep.equal([]);
    const extension = coverage.norms.find(({ norm }) => norm.id === 'J36');
    expect(extension?.elements.map(({ element }) => element)).to.deep.equal(['Task_SpecialReport']);
    expect(extension?.scenarios.map(({ name }) => name)).to.deep.equal(['art26-special-study']);
  });

  it('删去第二十六条专题报告的链接：没有环节履行，环节也没有依据', async () => {
    const found = await holes('<duty:norm provision="art26" norm="J36" relation="fulfils"/>', '');
    expect(found.map(({ kind, norm }) => `${kind} ${norm ?? ''}`)).to.deep.equal(['no-element J36']);
    const bare = await holes('<duty:norm provision="art30" norm="J42" relation="fulfils"/>', '');
    expect(bare.map(({ kind }) => kind)).to.deep.equal(['no-element']);
  });

  it('延期决定不写依据的，是无据的环节', async () => {
    const found = await holes(
      '<duty:norm provision="art24.p1" norm="J27" relation="checks" note="延期须核对、由他人决定"/>',
      '',
    );
    expect(
      found.some(
        ({ kind, element }) => kind === 'no-norm' && element === 'SubProcess_Extension_Task_DecideExtension',
      ),
    ).to.equal(true);
  });

  it('证据的表单项不再必填的，指出哪一项', async () => {
    const found = await holes(
      'label="专题报告文号" type="text" required="true"',
      'label="专题报告文号" type="text"',
    );
    expect(found.map(({ kind, norm }) => `${kind} ${norm ?? ''}`)).to.deep.equal(['no-evidence J36']);
    expect(found[0]?.sentence).to.contain('specialReport');
  });

  it('链接到目录里没有的义务的，指出来', async () => {
    const found = await holes('provision="art30" norm="J42"', 'provision="art31" norm="J42"');
    expect(found.map(({ kind }) => kind)).to.include('unknown-norm');
  });

  it('没有情景检验的义务是空白', async () => {
    const told = scenarios.filter(({ provisions }) => !provisions.includes('art30'));
    const coverage = coverageOf(catalogue, await diagrams(), told);
    expect(coverage.holes.map(({ kind, norm }) => `${kind} ${norm ?? ''}`)).to.deep.equal([
      'no-scenario J42',
    ]);
  });
});
