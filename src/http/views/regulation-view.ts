import type { Law } from '../../kernel/law.js';
import type { Catalogue as Policies } from '../../law/policy/index.js';
import {
  bearerTitle,
  certainties,
  limitInWords,
  deedUses,
  isWithin,
  modalities,
  normKinds,
  provingFields,
  relations,
  stateAt,
  type Catalogue,
  type Coverage,
  type CatalogueInForce,
  type Duty,
  type LoadedText,
  type Norm,
  type RecordedVersion,
} from '../../law/regulation/index.js';
import type { AnswerOf } from '../contract/operations.js';
import { provisionView } from './provision-view.js';

type RegulationView = AnswerOf<'readRegulation'>;

const versionView = ({ regulation: _, ...version }: RecordedVersion) => ({ ...version });

interface RegulationFacts {
  readonly catalogue: Catalogue;
  readonly recorded: RecordedVersion | undefined;
  readonly versions: readonly RecordedVersion[];
  readonly official: LoadedText | undefined;
  /** The law that names the bearers. */
  readonly law: Law;
  readonly policies: Pick<Policies, 'all'>;
  /** Meaning of a policy's current value. */
  readonly meaningOf: (key: string) => string;
}

export function regulationView(facts: RegulationFacts): RegulationView {
  const { catalogue, recorded, versions, official } = facts;
  return {
    title: catalogue.version.title,
    version: catalogue.version.version,
    recorded: recorded ? versionView(recorded) : null,
    versions: versions.map(versionView),
    official: official ? officialView(official) : null,
    vocabulary: vocabularyView(catalogue),
    articles: catalogue.provisions
      .filter(({ kind }) => kind === 'article')
      .map((article) => ({
        ...provisionView(article.id),
        heading: article.words,
        chapter: chapterIn(catalogue, article.chapter),
        withoutNorm: article.withoutNorm,
        provisions: catalogue.provisions.flatMap(({ id, kind, words }) =>
          kind === 'article' || !isWithin(id, article.id)
            ? []
            : [{ ...provisionView(id), kind, words, official: official?.sentences.get(id) ?? null }],
        ),
        norms: catalogue.normsIn(article.id).map((norm) => normView(norm, facts)),
      })),
  };
}

function vocabularyView(catalogue: Catalogue): RegulationView['vocabulary'] {
  const { clocks, subjects } = catalogue.vocabulary;
  return {
    deeds: deedUses(catalogue).map((use) => ({
      ...use,
      subject: subjects.find(({ key }) => key === use.subject)?.title ?? use.subject,
    })),
    clocks,
  };
}

const chapterIn = ({ chapters }: Catalogue, number: number): string =>
  chapters.find(({ chapter }) => chapter === number)?.title ?? '';

function officialView(text: LoadedText): RegulationView['official'] {
  return { ...text };
}

function normView(
  norm: Norm,
  { law, policies, meaningOf }: RegulationFacts,
): RegulationView['articles'][number]['norms'][number] {
  return {
    ...norm,
    provisions: norm.provisions.map(provisionView),
    bearers: norm.bearers.map((bearer) => bearerTitle(bearer, law)),
    modality: modalities[norm.modality],
    kind: normKinds[norm.kind],
    limit: limitInWords(norm.limit),
    certainty: certainties[norm.certainty],
    reason: norm.enforceable ? null : norm.reason,
    evidence: { events: norm.evidence.events, fields: [...provingFields(norm.evidence)] },
    openPoints: norm.openPoints.map(({ question, policies: keys, note }) => ({
      question,
      note,
      policies: policies.all
        .filter(({ key }) => keys.includes(key))
        .map(({ key, label }) => ({ key, label, meaning: meaningOf(key) })),
    })),
  };
}

export function coverageView(
  { catalogue: { version }, until }: CatalogueInForce,
  { norms, holes }: Coverage,
): AnswerOf<'readCoverage'> {
  const links = norms.flatMap(({ norm, elements }) =>
    elements.map(({ provision, relation, ...element }) => ({
      ...element,
      norm: norm.id,
      provision: provisionView(provision),
      relation: relations[relation as keyof typeof relations],
    })),
  );
  const at = ({ process, element }: (typeof links)[number]): string => `${process} ${element}`;
  const elements = new Map(links.map((link) => [at(link), link]));
  return {
    version: version.version,
    validFrom: version.inForceFrom,
    validTo: until,
    norms: norms.map(({ norm, scenarios }) => ({
      id: norm.id,
      says: norm.says,
      provisions: norm.provisions.map(provisionView),
      enforceable: norm.enforceable,
      reason: norm.enforceable ? null : norm.reason,
      elements: links.filter((link) => link.norm === norm.id),
      scenarios,
      evidence: [...norm.evidence.events, ...provingFields(norm.evidence)],
    })),
    elements: [...elements].map(([key, { process, element, name }]) => ({
      process,
      element,
      name,
      norms: links.filter((link) => at(link) === key),
    })),
    holes,
  };
}

type BearerFor = (bearer: string) => string;

/**
 * @param instant for which the state is shown
 * @param bearerFor returns who bears a bearer's duty, since another may stand in
 */
export function dutyView(catalogue: Catalogue, duty: Duty, instant: Date, bearerFor: BearerFor, law: Law) {
  const norm = catalogue.norm(duty.norm);
  const state = stateAt(duty, instant);
  const violatedAt = duty.violatedAt ?? (state === duty.state ? null : duty.due);
  return {
    norm: duty.norm,
    says: norm?.says ?? '',
    provisions: (norm?.provisions ?? []).map(provisionView),
    bearers: [...new Set((norm?.bearers ?? []).map(bearerFor))].map((bearer) => bearerTitle(bearer, law)),
    unit: duty.unit,
    round: duty.round,
    state,
    openedAt: duty.opened.at,
    openedBy: duty.opened.seq,
    due: duty.due,
    violatedAt,
    entries: duty.entries,
    compensatedBy: duty.by,
    replaces: norm?.when ? norm.exceptionOf : [],
    waivedBy: duty.waivedBy,
  };
}

export type CaseDutiesView = AnswerOf<'readDuties'>;

interface CaseDuties {
  readonly recorded: RecordedVersion | undefined;
  /** The official text by provision, if loaded. */
  readonly sentences: LoadedText['sentences'] | undefined;
  /** Each duty with the version it belongs to. */
  readonly duties: readonly { readonly duty: Duty; readonly catalogue: Catalogue }[];
  readonly bearersFor: (duty: Duty) => BearerFor;
  readonly at: Date;
  readonly law: Law;
}

export function caseDutiesView({
  recorded,
  sentences = new Map(),
  duties,
  bearersFor,
  at,
  law,
}: CaseDuties): CaseDutiesView {
  return {
    at,
    regulation: recorded ? versionView(recorded) : null,
    items: duties.map(({ duty, catalogue }) => {
      const view = dutyView(catalogue, duty, at, bearersFor(duty), law);
      const official = [...sentences]
        .filter(([place]) => view.provisions.some(({ id }) => isWithin(place, id)))
        .map(([place, words]) => ({ ...provisionView(place), words }));
      return { ...view, official };
    }),
  };
}
