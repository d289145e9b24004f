/** Handlers, policies, processes, norms and deeds that a diagram may refer to. */
import '../../api/jitless.js';
import { computed, provide, type ComputedRef } from 'vue';
import type { CheckContext } from '../../../design/compliance/index.js';
import { daysOfClocks } from '../../../kernel/limit.js';
import { isWithin, limitInWords, provisionLabel } from '../../../law/regulation/model/index.js';
import { handlerTitles, preparationTitles } from '../../../law/regulation/model/labels/index.js';
import { bearerTitle, modalities } from '../../../law/regulation/model/words.js';
import { call, type Output } from '../../api/client.js';
import { useLoad } from '../../components/load.js';
import { askedInForce, tablesInForce } from './properties/in-force.js';
import { knownHere, wordsOfLaw, type Known, type KnownNorm } from './properties/known.js';
import { law } from '../../law/page-law.js';

type Norm = CheckContext['norms'][number];

const nothing: Known = {
  handlers: [],
  tables: [],
  policies: [],
  preparations: [],
  asked: new Map(),
  processes: [],
  norms: [],
  vocabulary: { deeds: [], clocks: [] },
  limits: new Map(),
  context: undefined,
};

export function useKnown(): ComputedRef<Known> {
  const loading = useLoad(async () => {
    const [definitions, answer, regulation] = await Promise.all([
      call('listDefinitions'),
      call('readCheckContext'),
      call('readRegulation'),
    ]);
    const context = answer as unknown as CheckContext;
    return {
      handlers: context.handlers.map(({ name }) => ({ value: name, label: handlerTitles[name] ?? name })),
      tables: tablesInForce(context.tables),
      preparations: Object.entries(preparationTitles).map(([value, label]) => ({ value, label })),
      asked: askedInForce(context.inForce),
      policies: context.policies
        .filter(({ value, values }) => [value, ...values].some((one) => /^P\d|^PT\d/.test(one)))
        .map(({ key, label }) => ({ value: key, label })),
      processes: definitions.items
        .filter(({ kind }) => kind === 'process')
        .map(({ key, name }) => ({ key, name })),
      norms: context.norms.map((norm) => ({
        ...inWords(norm, context.norms),
        official: officialOf(norm, regulation),
      })),
      vocabulary: regulation.vocabulary,
      limits: daysOfClocks(context.norms),
      context,
    };
  });
  const known = computed(() => loading.data.value ?? nothing);
  provide(knownHere, known);
  provide(
    wordsOfLaw,
    computed(() => known.value.vocabulary),
  );
  return known;
}

/** The official sentences of a norm, if loaded. */
function officialOf({ provisions }: Norm, { articles }: Output<'readRegulation'>): string | null {
  const sentences = articles
    .flatMap((article) => article.provisions)
    .filter(({ id }) => provisions.some((place) => isWithin(id, place)))
    .flatMap(({ official }) => official ?? []);
  return sentences.length > 0 ? sentences.join('') : null;
}

function inWords(norm: Norm, all: readonly Norm[]): Omit<KnownNorm, 'official'> {
  const [provision = ''] = norm.provisions;
  return {
    id: norm.id,
    provision,
    label: provisionLabel(provision),
    says: norm.says,
    bearers: norm.bearers.map((bearer) => bearerTitle(bearer, law())).join('、'),
    modality: modalities[norm.modality],
    limit: norm.limit === null ? null : limitInWords(norm.limit),
    consequences: norm.compensatedBy.flatMap((id) => {
      const other = all.find((one) => one.id === id);
      return other ? [`${provisionLabel(other.provisions[0] ?? '')}：${other.says}`] : [];
    }),
    evidence: norm.evidence.fields,
  };
}
