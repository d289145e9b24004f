/** `hotline setup`: creates the first administrator once, and ends the sample people. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';

const password = '几个不相干的词 lantern';

describe('hotline setup', () => {
  const system = useSystem({ shipped: false });

  const setUp = async (typed: string, ...words: string[]) => {
    const child = spawn(process.execPath, [builtProgram(), 'setup', ...words], {
      cwd: packageRoot,
      env: { ...process.env, DATABASE_URL: system().database.url },
    });
    child.stdin.end(typed);
    const closed = once(child, 'close') as Promise<[number]>;
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await closed)[0], out, error };
  };
  const someone = ['--login', 'wangwu', '--name', '王五', '--unit', '市热线工作机构'];
  const accounts = async () => {
    const { database, trail } = system();
    return (await database.transaction((one) => plainTrails(trail, one, ['accounts']))).get('accounts') ?? [];
  };

  it('没有口令、口令太短、登录名不对：说明哪一样，什么也没有设', async () => {
    const before = await system().identity.setup.stage();
    const silent = await setUp('', ...someone);
    expect(silent).to.include({ code: 2 });
    expect(silent.error).to.include('标准输入里没有口令');
    const short = await setUp('短口令\n', ...someone);
    expect(short).to.include({ code: 1, out: '' });
    expect(short.error).to.include('口令至少 12 个字符');
    const named = await setUp(`${password}\n`, '--login', '王五', ...someone.slice(2));
    expect(named.code).to.equal(1);
    expect(named.error).to.include('登录名为 2 至 40 个小写字母');
    expect(await system().identity.setup.stage())
      .to.equal(before)
      .and.to.equal('none');
  });

  it('示例帐号随即停用，会话结束；管理员能登录，口令不在输出和轨迹里', async () => {
    const { identity, database } = system();
    const [sample] = await identity.setup.samplePeople();
    const session = await identity.signIn(
      { login: sample?.login ?? '', password: sample?.password ?? '' },
      '127.0.0.1',
    );
    expect(await identity.sessions.stands(session)).to.equal(true);
    const made = await accounts();
    expect(made.map(({ type }) => type).slice(0, 1)).to.deep.equal(['samples.added']);
    const units = (await identity.people.units()).map(({ name: of, kind, parent }) => ({ of, kind, parent }));
    expect(made[0]?.body['units'], '示例的单位也在这一条里').to.have.deep.members(units);
    const done = await setUp(`${password}\n`, ...someone);
    expect(done).to.include({ code: 0, error: '' });
    expect(done.out).to.include('已设置安全管理员 wangwu').and.not.to.include(password);
    expect(await identity.sessions.stands(session)).to.equal(false);
    const people = await identity.people.list();
    expect(people.filter(({ sample: made, closedAt }) => made && closedAt === null)).to.deep.equal([]);
    expect(people.filter(({ closedAt }) => closedAt === null)).to.have.length(1);
    expect(people.find(({ login }) => login === 'wangwu')?.roles).to.deep.equal(['security-admin']);
    expect(await identity.signIn({ login: 'wangwu', password }, '127.0.0.1')).to.match(/^[\w-]{43}$/);
    expect(JSON.stringify(await accounts())).not.to.include(password);
    const { rows } = await database.pool.query('SELECT password FROM hotline.person WHERE login = $1', [
      'wangwu',
    ]);
    expect(JSON.stringify(rows)).to.include('$argon2id$').and.not.to.include(password);
    expect(await identity.setup.samplePeople(), '再启动也不再有示例帐号').to.deep.equal([]);
  });

  it('只能一次：第二次执行说明早已设置，不开帐号', async () => {
    const again = await setUp(`${password}\n`, '--login', 'zhaoliu', ...someone.slice(2));
    expect(again).to.include({ code: 1, out: '' });
    expect(again.error).to.include('第一名管理员早已设置').and.to.include('请安全管理员');
    expect((await system().identity.people.list()).some(({ login }) => login === 'zhaoliu')).to.equal(false);
  });
});

describe('试用时开了别的帐号', () => {
  const system = useSystem({ shipped: false });

  it('示例帐号随即停用，会话结束，不再有新的；设置管理员仍可以，开的帐号还在', async () => {
    const { identity } = system();
    const [sample] = await identity.setup.samplePeople();
    const session = await identity.signIn(
      { login: sample?.login ?? '', password: sample?.password ?? '' },
      '127.0.0.1',
    );
    const once = await identity.people.add(
      { login: 'zhaoliu', name: '赵六', unit: '市水务局' },
      '示例系统管理（xitong）',
    );
    expect(await identity.sessions.stands(session)).to.equal(false);
    const open = async () => (await identity.people.list()).filter(({ closedAt }) => closedAt === null);
    expect((await open()).map(({ login }) => login)).to.deep.equal(['zhaoliu']);
    expect(await identity.setup.samplePeople()).to.deep.equal([]);
    expect(await identity.setup.stage()).to.equal('others');
    const administrator = { login: 'wangwu', name: '王五', unit: '市热线工作机构', password };
    await identity.setup.setUp(administrator);
    expect(await identity.setup.stage()).to.equal('real');
    expect((await open()).map(({ login }) => login).sort()).to.deep.equal(['wangwu', 'zhaoliu']);
    expect(
      await identity.signIn({ login: 'zhaoliu', password: once ?? '' }, '127.0.0.1').then(() => true),
    ).to.equal(true);
    const again = await identity.setup.setUp({ ...administrator, login: 'sunqi' }).catch(codeOf);
    expect(again).to.equal('setup.done');
  });
});

describe('设置时增加的单位', () => {
  const system = useSystem({ shipped: false });

  it('留下一条“增加单位”，与界面上增加的一样', async () => {
    const { identity, database, trail } = system();
    await identity.setup.setUp({ login: 'wangwu', name: '王五', unit: '市热线工作机构', password });
    const entries = (await database.transaction((one) => plainTrails(trail, one, ['accounts']))).get(
      'accounts',
    );
    expect(entries?.map(({ type, body }) => [type, body['of']])).to.deep.equal([
      ['unit.added', '市热线工作机构'],
      ['person.added', 'wangwu'],
      ['role.granted', 'wangwu'],
    ]);
  });
});

describe('同时开帐号、造示例帐号', () => {
  const system = useSystem({ shipped: false });

  it('有了别人，就没有开着的示例帐号', async () => {
    const { identity } = system();
    await identity.people.addUnit({ name: '市水务局', kind: 'department' }, '测试');
    await Promise.all([
      identity.setup.samplePeople(),
      ...['ma', 'niu', 'yang'].map((login) =>
        identity.people.add({ login, name: login, unit: '市水务局' }, '测试'),
      ),
      identity.setup.samplePeople(),
    ]);
    const people = await identity.people.list();
    expect(people.filter(({ sample, closedAt }) => sample && closedAt === null)).to.deep.equal([]);
  });
});

const codeOf = (error: { code?: string }) => error.code;

describe('hotline setup 同时执行', () => {
  const system = useSystem({ shipped: false });

  it('两个程序同时设置：一个成，一个说早已设置', async () => {
    const { setup, people } = system().identity;
    const outcomes = await Promise.all(
      ['jia', 'yi'].map((login) =>
        setup.setUp({ login, name: login, unit: '市热线工作机构', password }).then(() => 'done', codeOf),
      ),
    );
    expect(outcomes.sort()).to.deep.equal(['done', 'setup.done']);
    expect(await people.list()).to.have.length(1);
  });
});
