import {
  listPublications,
  parsePeriod,
  readPublication,
  publicationDecision,
  publicationStatus,
  type Publication,
} from '../../measures/assessment/index.js';
import {
  correctPublication,
  groundOfPublication,
  issuePublication,
  renderPublication,
  rulePublication,
  writeTypicalCases,
  type PublicationFormat,
} from '../../cases/index.js';
import type { Principal, Viewer } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { contentDigest, Refusal } from '../../kernel/index.js';
import type { publicationOperations } from '../contract/publication.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { Download } from '../middleware/download.js';
import { assertSeen, performerOf } from '../sight.js';
import { lawOf, type Law } from '../../kernel/law.js';

/** Most cached files; files never change. */
const mostFiles = 64;

export function publicationHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof publicationOperations> {
  const files = new Map<string, Buffer>();
  const shown = (viewer: Viewer, publication: Publication) =>
    publicationView(viewer, publication, deps.laws.today());
  const download = async (publication: Publication, format: PublicationFormat): Promise<Download> => {
    const { published } = publicationStatus(publication.acts);
    const key = `${publication.id} ${format}`;
    const content =
      files.get(key) ??
      (await renderPublication(
        contentOf(publication),
        format,
        published?.at ?? publication.draftedAt,
        deps.laws.today(),
      ));
    if (published && !files.has(key)) {
      if (files.size >= mostFiles) files.delete(files.keys().next().value ?? '');
      files.set(key, content);
    }
    const { kind, period, version } = publication;
    return { content, name: `${kind}-${period}-v${version}.${format}` };
  };
  const publishedOf = async (transaction: Transaction, month: string, version: number | undefined) => {
    const period = parsePeriod(month);
    const published = (await listPublications(transaction, period)).filter(
      (one) => isForAll(one) && publicationStatus(one.acts).published,
    );
    // A month's intake report is part of the later publication of its results.
    const all = published.filter(({ kind }) => kind === published[0]?.kind);
    const found = version === undefined ? all[0] : all.find((one) => one.version === version);
    if (!found)
      throw notFound(
        `${period} 还没有公开${version === undefined ? '' : `第 ${version} 版`}`,
        deps.laws.today(),
      );
    return { found, versions: all.map((one) => one.version) };
  };
  return {
    listPublications: async (_, transaction) => {
      const all = await listPublications(transaction);
      const newest = new Map<string, Publication>();
      for (const one of all) {
        if (isForAll(one) && !newest.has(one.period) && publicationStatus(one.acts).published) {
          newest.set(one.period, one);
        }
      }
      const items = [...newest.values()].map((one) => {
        const { period, version, title, documentNumber, issuedOn } = contentOf(one);
        return { period, version, title, documentNumber: documentNumber ?? '', issuedOn: issuedOn ?? '' };
      });
      return { items };
    },
    readPublication: async ({ params, query: { version } }, transaction) => {
      const { found, versions } = await publishedOf(transaction, params.period, version);
      const content = contentOf(found);
      return { content, versions, digest: contentDigest(content) };
    },
    downloadPublication: async ({ params, query: { version, format } }, transaction) => {
      const { found } = await publishedOf(transaction, params.period, version);
      return () => download(found, format);
    },
    listMonthPublications: async ({ viewer, params }, transaction) => {
      const all = await listPublications(transaction, parsePeriod(params.period));
      return { items: all.filter((one) => isTheirs(viewer, one)).map((one) => shown(viewer, one)) };
    },
    downloadMonthPublication: async ({ viewer, params: { id }, query: { format } }, transaction) => {
      const found = await readPublication(transaction, id);
      if (!found || !isTheirs(viewer, found)) throw notFound(`没有第 ${id} 号公开、通报`, deps.laws.today());
      return () => download(found, format);
    },
    correctPublication: async ({ viewer, params, body }) => {
      const order = { ...body, period: parsePeriod(params.period) };
      return shown(viewer, await correctPublication(deps, order, viewer));
    },
    writeTypicalCases: async ({ viewer, params: { id }, body: { cases } }) => {
      for (const { no } of cases) await assertSeen(deps, viewer, no);
      return shown(viewer, await writeTypicalCases(deps, id, cases, viewer));
    },
    rulePublication: async ({ viewer, params: { id }, body }) =>
      shown(viewer, await rulePublication(deps, id, body, viewer)),
    issuePublication: async ({ viewer, params: { id }, body: { documentNumber } }) =>
      shown(viewer, await issuePublication(deps, id, documentNumber, performerOf(viewer), viewer)),
  };
}

const notFound = (what: string, law: Law): Refusal =>
  new Refusal('publication.not-found', what, {
    provision: lawOf('publication', law),
    remedy: '已经公开的见 /publications',
  });

const isForAll = ({ kind }: Publication): boolean => kind !== 'circular';

const isAssessor = ({ roles }: Principal): boolean => roles.includes('assessor');

const isTheirs = (viewer: Principal, { acts }: Publication): boolean =>
  isAssessor(viewer) || publicationStatus(acts).published !== null;

/** Published: the exact content; draft: the content that would be published. */
function contentOf({ content, acts }: Publication) {
  const { published, cases } = publicationStatus(acts);
  return published?.content ?? { ...content, cases: cases.map(({ title, text }) => ({ title, text })) };
}

function publicationView(viewer: Viewer, publication: Publication, law: Law) {
  const status = publicationStatus(publication.acts);
  const { state, cases, approvedBy, published } = status;
  const content = contentOf(publication);
  const decision = publicationDecision(lawOf(groundOfPublication(publication), law));
  const may = (act: 'approve' | 'publish'): boolean => decision.hindrance(status, act, viewer) === undefined;
  return {
    ...publication,
    state,
    content,
    cases: isAssessor(viewer) ? cases : [],
    approvedBy: approvedBy && approvedBy.actor,
    digest: published && contentDigest(content),
    mayApprove: may('approve'),
    mayIssue: may('publish'),
  };
}
