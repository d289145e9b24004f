/**
 * Thirty laws that differ from the shipped one in one place each: a limit, a bearer, a condition, a
 * consequence. The impact of each names the place, and the elements whose XML links the norm.
 */
import { expect } from 'chai';
import {
  changesOf,
  contentOf,
  impactOf,
  shippedLaw,
  type CatalogueContent,
} from '../../../../src/law/regulation/index.js';
import { shippedContents } from '../../../../src/law/regulation/shipped.js';
import { shippedSurroundings } from '../../../support/impact-of.js';
import { shippedDiagrams } from '../../../support/shipped-diagrams.js';
import { isDefinite } from '../../../../src/kernel/limit.js';

type Norm = CatalogueContent['chapters'][number]['articles'][number]['norms'][number];

const base = contentOf(shippedContents()[0]);
const law = shippedLaw('2026-03-02');
const normsOf = ({ chapters }: CatalogueContent): Norm[] =>
  chapters.flatMap(({ articles }) => articles.flatMap(({ norms }) => norms));

interface Mutation {
  readonly kind: string;
  readonly field: string;
  /** @returns false if the norm has nothing of the kind */
  readonly mutate: (norm: Norm) => boolean;
}

const mutations: readonly Mutation[] = [
  {
    kind: '期限',
    field: '期限',
    mutate: (norm) => {
      if (!isDefinite(norm.limit)) return false;
      norm.limit = { days: 6, of: 'working' };
      return true;
    },
  },
  {
    kind: '谁',
    field: '谁',
    mutate: (norm) => {
      norm.bearers = norm.bearers[0] === 'city-government' ? ['handling-unit'] : ['city-government'];
      return true;
    },
  },
  {
    kind: '条件',
    field: '由哪些行为引起',
    mutate: (norm) => {
      const act = norm.duty?.opens.find(({ facts }) => Object.keys(facts).length > 0);
      if (act) act.facts = {};
      return act !== undefined;
    },
  },
  {
    kind: '条件',
    field: '由哪些行为履行',
    mutate: (norm) => {
      const list = norm.duty?.discharged.find((acts) => acts.length > 1);
      list?.pop();
      return list !== undefined;
    },
  },
  {
    kind: '后果',
    field: '违反之后',
    mutate: (norm) => {
      if (norm.compensatedBy.length === 0) return false;
      norm.compensatedBy = norm.compensatedBy.slice(1);
      return true;
    },
  },
  {
    kind: '后果',
    field: '怎样补救',
    mutate: ({ duty }) => {
      if (!duty || duty.madeGood.length === 0) return false;
      duty.madeGood = duty.madeGood.slice(1);
      return true;
    },
  },
];

interface Mutant {
  readonly of: string;
  readonly kind: string;
  readonly field: string;
  readonly content: CatalogueContent;
}

/** Five of each mutation, spread over the law. */
function mutants(): Mutant[] {
  return mutations.flatMap(({ kind, field, mutate }) => {
    const able = normsOf(base).filter((norm) => mutate(structuredClone(norm)));
    const step = Math.max(1, Math.floor(able.length / 5));
    return able
      .filter((_, index) => index % step === 0)
      .slice(0, 5)
      .map(({ id }) => {
        const content = structuredClone(base);
        for (const norm of normsOf(content)) if (norm.id === id) mutate(norm);
        return { of: id, kind, field, content };
      });
  });
}

describe('修改条例的影响', () => {
  it('没有改的，一处不同也没有', () => {
    expect(changesOf(base, structuredClone(base), law)).to.deep.equal([]);
  });

  it('三十部各改一处的条例（期限、谁、条件、后果）：每一处都看得见，为它而设的环节都列出', async () => {
    const around = await shippedSurroundings();
    const sources = shippedDiagrams();
    const all = mutants();
    expect(all).to.have.length(30);
    expect(new Set(all.map(({ kind }) => kind)).size).to.equal(4);
    for (const { of, field, content } of all) {
      const changes = changesOf(base, content, law);
      expect(
        changes.map((change) => [change.thing, change.id, change.field]),
        `${of} ${field}`,
      ).to.deep.equal([['norm', of, field]]);
      const [change] = changes;
      expect(change?.before, `${of} ${field}`).to.not.equal(change?.after);
      const impact = impactOf(changes, { before: base, after: content }, around);
      expect(impact.norms).to.include(of);
      expect(impact.provisions.map(({ id }) => id)).to.include(change?.provision);
      const linked = sources.reduce((sum, source) => sum + source.split(`norm="${of}"`).length - 1, 0);
      const shown = impact.elements.filter(({ why }) => why.includes(`为 ${of} 而设`));
      expect(shown.length > 0, `${of}: ${linked} links`).to.equal(linked > 0);
    }
  });

  it('期限五改三：列出计时的环节、照旧写五个工作日的文字、另一项没有一起改的义务', async () => {
    const content = structuredClone(base);
    const [norm] = normsOf(content).filter(({ id }) => id === 'J27');
    if (norm) norm.limit = { days: 3, of: 'working' };
    const changes = changesOf(base, content, law);
    expect(changes.map(({ sentence }) => sentence)).to.deep.equal([
      '第二十四条第一款 J27：期限由“5 个工作日”改为“3 个工作日”',
    ]);
    const impact = impactOf(changes, { before: base, after: content }, await shippedSurroundings());
    expect(
      impact.elements.filter(({ why }) => why.includes('计这个期限')).map(({ name }) => name),
    ).to.include('Timer_ReplyLimit');
    expect(impact.documents).to.have.length(1);
    expect(impact.policies.map(({ name }) => name)).to.include('replyStart');
  });
});
