/** The file of several cities: the settings of each program; no two may share what belongs to one city. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after } from 'mocha';
import { readCities } from '../../../src/platform/cities/index.js';
import { cityAt } from '../../../src/http/gateway/cities.js';
import { refusalOf } from '../../support/refusal.js';

const folder = mkdtempSync(join(tmpdir(), 'cities-'));
const file = join(folder, 'cities.json');
const all = { HOTLINE_DATA: join(folder, 'data'), PATH: '/bin' };
const jinan = { name: '济南市', host: '12345.jinan.example' };
const weifang = { name: '潍坊市', path: '/weifang', package: 'weifang' };

describe('几个城市的名单', () => {
  after(() => rmSync(folder, { recursive: true }));

  const read = (cities: object, environment: NodeJS.ProcessEnv = all) => {
    writeFileSync(file, JSON.stringify({ cities }));
    return readCities(file, environment).cities;
  };
  const refused = (cities: object, environment?: NodeJS.ProcessEnv): string => {
    const refusal = refusalOf(() => read(cities, environment));
    expect(refusal?.remedy, JSON.stringify(cities)).to.match(/\p{Script=Han}/u);
    return `${refusal?.code} ${refusal?.message}`;
  };

  it('每个城市的程序得到自己的模式、数据目录、条例包、路径和设置；自带的数据库是同一个', () => {
    const settings = { HOTLINE_CALLER_FILING: 'on', HOTLINE_SCHEMA: 'hotline' };
    const [first, second] = read({ jinan: { ...jinan, settings }, weifang });
    expect(first).to.include({ key: 'jinan', host: '12345.jinan.example', path: '' });
    expect(first?.environment).to.include({ PATH: '/bin', HOTLINE_BASE_PATH: '', ...settings });
    expect(second?.environment).to.include({
      HOTLINE_SCHEMA: 'weifang',
      HOTLINE_DATA: join(folder, 'data', 'weifang'),
      HOTLINE_POSTGRES: join(folder, 'data'),
      HOTLINE_BASE_PATH: '/weifang',
      HOTLINE_PACKAGE: join(folder, 'weifang'),
    });
    expect(second?.environment).not.to.have.property('HOTLINE_CALLER_FILING');
  });

  it('两个城市不能是同一个地址、模式、数据目录、密钥、信箱', () => {
    const again = (settings: object, other: object = {}) => ({
      jinan: { ...jinan, settings },
      weifang: { ...weifang, settings, ...other },
    });
    expect(refused(again({}, { ...jinan, package: undefined, path: undefined }))).to.include('地址');
    expect(refused({ jinan: { ...jinan }, weifang: { ...weifang, host: jinan.host } })).to.include('地址');
    expect(refused(again({ HOTLINE_SCHEMA: 'one' }))).to.include('模式');
    for (const name of ['HOTLINE_DATA', 'HOTLINE_VAULT_KEY_FILE', 'HOTLINE_LOG_KEY_FILE', 'HOTLINE_IMAP_URL'])
      expect(refused(again({ [name]: 'x' }))).to.include(name);
    const elsewhere = { HOTLINE_SCHEMA: 'one', DATABASE_URL: 'postgres://other/hotline' };
    expect(
      read({
        jinan: { ...jinan, settings: { HOTLINE_SCHEMA: 'one' } },
        weifang: { ...weifang, settings: elsewhere },
      }),
    ).to.have.length(2);
  });

  it('一个城市自己的变量不给所有的城市；由别处说的不写在 settings 里', () => {
    for (const name of [
      'HOTLINE_VAULT_KEY_FILE',
      'HOTLINE_IMAP_URL',
      'HOTLINE_SCHEMA',
      'HOTLINE_OIDC_ISSUER',
      ['HOTLINE', 'NEW'].join('_'),
    ])
      expect(refused({ jinan }, { ...all, [name]: 'x' })).to.match(new RegExp(`^usage.invalid ${name} `));
    for (const name of ['HOTLINE_BASE_PATH', 'HOTLINE_PORT', 'PATH', 'NODE_OPTIONS'])
      expect(refused({ jinan: { ...jinan, settings: { [name]: 'x' } } })).to.include(name);
  });

  it('写错的，说哪里', () => {
    expect(refused({})).to.include('一个城市也没有');
    expect(refused({ 潍坊: weifang })).to.include('cities.潍坊');
    expect(refused({ postgres: weifang })).to.include('cities.postgres');
    expect(refused({ jinan: { name: '济南市' } })).to.include('host 或者 path');
    expect(refused({ jinan: { ...jinan, host: 'A.example:80' } })).to.include('cities.jinan.host');
    expect(refused({ jinan: { ...jinan, schema: 'x' } })).to.include('cities.jinan');
    writeFileSync(file, '{');
    expect(refusalOf(() => readCities(file, all))?.code).to.equal('input.invalid');
    expect(refusalOf(() => readCities(join(folder, 'none'), all))?.code).to.equal('file.unreadable');
  });

  it('请求归哪个城市：先看主机名，再看路径；路径要整段相同', () => {
    const city = (key: string, host: string | undefined, path: string) => ({
      key,
      name: key,
      host,
      path,
      target: () => undefined,
    });
    const cities = [
      city('w', undefined, '/weifang'),
      city('j', 'j.example', ''),
      city('p', 'j2.example', '/weifang'),
    ];
    const at = (host: string, path: string) => cityAt(cities, host, path)?.key;
    expect([at('a', '/weifang'), at('a', '/weifang/api'), at('j.example', '/weifang/api')]).to.deep.equal([
      'w',
      'w',
      'j',
    ]);
    expect([
      at('j2.example', '/weifang/x'),
      at('a', '/weifangs'),
      at('a', '//weifang'),
      at('a', '/'),
    ]).to.deep.equal(['p', undefined, undefined, undefined]);
  });
});
