/** Which version of the regulation the program cites by purpose. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { movableClock } from '../../src/kernel/index.js';
import { lawTitle, provisionFor } from '../../src/kernel/law.js';
import { createLawKeeper, shippedLaw } from '../../src/law/regulation/index.js';
import { copyOfPackage, type CityPackage } from '../support/city-package.js';

describe('程序按用途引用的是哪一版条例', () => {
  const today = shippedLaw('2026-03-02');
  const shipped = provisionFor('refusal', today);
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
  after(() => city.leave());

  it('还没有施行的一版不算；到施行那一天起是它', () => {
    expect(provisionFor('refusal', shippedLaw('2029-12-31'))).to.equal(shipped);
    const next = shippedLaw('2030-01-01');
    expect(provisionFor('refusal', next)).to.equal('art50');
    expect(lawTitle(next)).to.equal('《某市热线条例》');
  });

  it('没有另外问的，是今天施行的一版；更早的日子是最早的一版', () => {
    const clock = movableClock(new Date('2029-12-31T23:59:59.999+08:00'));
    const { laws } = createLawKeeper(clock);
    expect(laws.today().title).to.equal(today.title);
    clock.moveTo(new Date('2030-01-01T00:00:00+08:00'));
    expect(laws.today().title).to.equal('某市热线条例');
    clock.moveTo(new Date('2029-12-31T23:59:59.999+08:00'));
    expect(laws.today().title).to.equal(today.title);
    expect(shippedLaw('1999-01-01').title).to.equal(today.title);
  });

  it('工单依它开始那天施行的一版，不因后来的一版而变', () => {
    const { laws } = createLawKeeper(movableClock(new Date('2030-02-01T10:00:00+08:00')));
    const running = {
      startedAt: new Date('2029-12-31T23:00:00+08:00'),
      endedAt: null,
      realm: 'live',
    } as const;
    expect(laws.ofCase(running).title).to.equal(today.title);
    expect(laws.binding(running).map(({ from }) => from)).to.deep.equal(['2029-12-31']);
    expect(laws.today().title).to.equal('某市热线条例');
  });
});
