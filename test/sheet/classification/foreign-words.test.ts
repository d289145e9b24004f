import { expect } from 'chai';
import { createMeaning, readForeignWords } from '../../../src/sheet/classification/index.js';

const meaning = createMeaning(readForeignWords());

describe('外文的说法', () => {
  for (const [text, said] of [
    ['There has been no water in our building since this morning.', '停水'],
    ['The street lights on our road are broken', '路灯'],
    ["Il y a une coupure d’eau, plus d'eau depuis ce matin", '停水'],
    ['Очень шумно ночью: стройка рядом с домом', '施工噪声扰民'],
    ['Die Straßenlaterne vor dem Haus ist defekt', '路灯'],
    ['Mein Arbeitgeber zahlt den Lohn nicht', '拖欠工资'],
  ] as const) {
    it(`听得懂：${text}`, () => expect(meaning(text)).to.include(said));
  }

  it('只认整个词：别的词里的一段不算，没有说到的没有', () => {
    expect(meaning('a business person, busy and taxing')).to.equal('');
    expect(meaning('小区停水')).to.equal('');
  });

  it('长的、重复的文字', () => {
    expect(meaning(`${'no '.repeat(20_000)}${'w'.repeat(20_000)}`)).to.equal('');
  });
});
