/** Permitted passwords and permitted names. */
import { expect } from 'chai';
import { assertName } from '../../src/identity/names.js';
import { assertPassword, randomPassword } from '../../src/identity/passwords.js';
import type { Refusal } from '../../src/kernel/index.js';
import { shippedLaw } from '../../src/law/regulation/index.js';

const refusalOf = (password: string, login = 'zhangsan') =>
  assertPassword(password, login, 12, shippedLaw('2026-03-02')).then(
    () => undefined,
    (refusal: Refusal) => refusal.message,
  );

describe('口令', () => {
  for (const common of [
    '123456789012',
    'password1234',
    'PASSWORD1234',
    'qwertyuiop12',
    'P@ssw0rd1234',
    'ＰａｓｓＷｏｒｄ１２３４',
    'hotline12345!',
    '12345hotline12345',
    '一二三四五六七八九十一二',
    'iloveyou1234',
    '1qaz2wsx3edc',
    'Jinan@12345678',
  ]) {
    it(`常见的口令不收：${common}`, async () => {
      expect(await refusalOf(common)).to.match(/太常见|过于单一/);
    });
  }

  for (const good of ['几个不相干的词 lantern', '今天天气真好我们去爬山吧', 'grau-wasser-7-morgen']) {
    it(`几个不相干的词可以：${good}`, async () => expect(await refusalOf(good)).to.equal(undefined));
  }

  it('一次性口令永远不能作自己的口令，不论何时发的、大小写和全角半角', async () => {
    const once = randomPassword();
    for (const form of [once, once.toLowerCase(), ` ${once} `, once.replaceAll('-', '－'), `${once}!`])
      expect(await refusalOf(form), form).to.match(/一次性口令/);
    expect(randomPassword()).not.to.equal(once);
  });

  it('登录名换了写法也不能含在口令里', async () => {
    expect(await refusalOf('lantern ＺhangSan sieve')).to.equal('口令不能含有登录名');
  });
});

describe('名称', () => {
  const wrong = (name: string, kind: 'person' | 'system' | 'unit') => () => assertName(name, 'name', kind);
  const unseen = [
    '张\u202e三',
    '张\u200b三',
    '张\u2066三',
    '张三\ufeff',
    '张\u3164三',
    '张\u00ad三',
    '张\u2800三',
    '张\udb40\udc61三',
  ];
  const ours = ['系统', '系 统', '系·统', '系統', '係统', '系统：税务（abc）', '考核周期', '示例数据'];

  for (const kind of ['person', 'system', 'unit'] as const) {
    it(`看不见的、改变方向的字符，与程序自己相像的：${kind} 都不收`, () => {
      for (const name of unseen) expect(wrong(name, kind), escape(name)).to.throw(/看不见/);
      for (const name of ours)
        if (kind !== 'unit' || !name.includes('(')) expect(wrong(name, kind), name).to.throw(/括号|相像/);
    });
  }

  it('人和单位的名称也不能以“系统”开头；其他系统的可以：轨迹里本来写着“系统：名称”', () => {
    expect(wrong('系统设置', 'person')).to.throw(/相像/);
    expect(wrong('系统（每日）', 'unit')).to.throw(/相像/);
    expect(wrong('系统甲', 'system')).not.to.throw();
  });

  it('人和其他系统的名称不能冒充别人的登录名', () => {
    for (const name of [
      '审计（shenji）',
      '审计（shenji）',
      '审计﹙shenji﹚',
      '审计❨shenji❩',
      '审计【shenji】',
    ]) {
      expect(wrong(name, 'person'), name).to.throw(/括号/);
      expect(wrong(name, 'system'), name).to.throw(/括号/);
    }
    expect(wrong('市公安局（交警支队）', 'unit')).not.to.throw();
  });

  it('平常的姓名照样可以：少数民族的、外国的、生僻字', () => {
    for (const name of ['王五', '买买提·吐尔逊', 'Anna Müller-Lüdenscheidt', '𠮷田', '政务系统'])
      expect(wrong(name, 'person'), name).not.to.throw();
  });
});
