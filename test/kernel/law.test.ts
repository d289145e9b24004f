/** Which version of the regulation the program cites by purpose. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { askForLaw, law, lawTitle, provisionFor } from '../../src/kernel/law.js';
import { packageRoot } from '../../src/kernel/package-root.js';

describe('程序按用途引用的是哪一版条例', () => {
  const root = mkdtempSync(join(tmpdir(), 'law-'));
  const catalogue = join(root, 'regulation', 'catalogue');
  const amend = (file: string, change: (content: Record<string, unknown>) => void): void => {
    const path = join(catalogue, file);
    const content = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    change(content);
    writeFileSync(path, JSON.stringify(content));
  };

  before(() => {
    const shipped = join(packageRoot, 'regulation', 'catalogue', '2018');
    cpSync(shipped, join(catalogue, '2018'), { recursive: true });
    cpSync(shipped, join(catalogue, '2030'), { recursive: true });
    amend('2018/version.json', (version) => (version.inForceTo = '2030-01-01'));
    amend('2030/version.json', (version) =>
      Object.assign(version, { inForceFrom: '2030-01-01', title: '某市热线条例' }),
    );
    amend('2030/purposes.json', ({ purposes }) => Object.assign(purposes as object, { refusal: ['art50'] }));
  });
  afterEach(() => {
    askForLaw({});
  });
  after(() => rmSync(root, { recursive: true }));

  it('还没有施行的一版不算;到施行那一天起是它', () => {
    const shipped = provisionFor('refusal');
    askForLaw({ root, day: '2029-12-31' });
    expect(provisionFor('refusal')).to.equal(shipped);
    askForLaw({ root, day: '2030-01-01' });
    expect(provisionFor('refusal')).to.equal('art50');
    expect(lawTitle()).to.equal('《某市热线条例》');
  });

  it('没有另外问的,是随附的、今天施行的一版;更早的日子是最早的一版', () => {
    const { title } = law();
    askForLaw({ root, day: '1999-01-01' });
    expect(law().title).to.equal(title);
  });
});
