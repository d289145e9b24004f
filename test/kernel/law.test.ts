/** Which version of the regulation the program cites by purpose. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { askForLaw, law, lawTitle, provisionFor } from '../../src/kernel/law.js';
import { copyOfPackage, type CityPackage } from '../support/city-package.js';

describe('程序按用途引用的是哪一版条例', () => {
  const shipped = provisionFor('refusal');
  const { title } = law();
  let city: CityPackage;

  before(() => {
    city = copyOfPackage();
    const catalogue = 'regulation/catalogue';
    cpSync(join(city.folder, catalogue, '2018'), join(city.folder, catalogue, '2030'), { recursive: true });
    city.changeJson(`${catalogue}/2018/version.json`, (version) =>
      Object.assign(version, { inForceTo: '2030-01-01' }),
    );
    city.changeJson(`${catalogue}/2030/version.json`, (version) =>
      Object.assign(version, { inForceFrom: '2030-01-01', title: '某市热线条例' }),
    );
    city.changeJson(`${catalogue}/2030/purposes.json`, ({ purposes }: { purposes: object }) =>
      Object.assign(purposes, { refusal: ['art50'] }),
    );
  });
  afterEach(() => askForLaw({}));
  after(() => city.leave());

  it('还没有施行的一版不算;到施行那一天起是它', () => {
    askForLaw({ day: '2029-12-31' });
    expect(provisionFor('refusal')).to.equal(shipped);
    askForLaw({ day: '2030-01-01' });
    expect(provisionFor('refusal')).to.equal('art50');
    expect(lawTitle()).to.equal('《某市热线条例》');
  });

  it('没有另外问的,是今天施行的一版;更早的日子是最早的一版', () => {
    expect(law().title).to.equal(title);
    askForLaw({ day: '1999-01-01' });
    expect(law().title).to.equal(title);
  });
});
