/** The state of a publication's version, derived from its acts, and who may do the next act. Pure. */
import { twoPersonDecision, type Person } from '../../../law/two-person/index.js';
import type { PublicationContent, TypicalCase } from '../model/index.js';

export interface PublicationAct extends Pick<Person, 'login' | 'actor'> {
  readonly act: 'cases' | 'approve' | 'return' | 'publish';
  readonly at: Date;
  readonly reason: string | null;
  /** Set with the act `cases`. */
  readonly cases: readonly TypicalCase[] | null;
  /** Set with the act `publish`: the exact published content. */
  readonly content: PublicationContent | null;
}

export interface PublicationStatus {
  readonly state: 'draft' | 'approved' | 'published';
  readonly cases: readonly TypicalCase[];
  /** Authors of the cases, who may not approve. */
  readonly writers: readonly Person[];
  readonly approvedBy: Person | null;
  readonly published: (PublicationAct & { readonly content: PublicationContent }) | null;
}

type Decided = Pick<PublicationStatus, 'state' | 'writers' | 'approvedBy'>;

const roles = ['assessor'];
const states = { cases: 'draft', approve: 'approved', return: 'draft', publish: 'published' } as const;

/** @param provision cited when the wrong person is refused */
export const publicationDecision = (provision: string) =>
  twoPersonDecision({
    matter: ({ state, writers: authors, approvedBy }: Decided) => ({
      ...{ name: '这一版', state, authors, approvers: approvedBy ? [approvedBy] : [] },
    }),
    late: { code: 'assessment.settled', remedy: '发布以后要改的，起草更正的新版' },
    states: {
      draft: ['还没有批准', '先由没有写典型案例的人批准', 'assessment.invalid'],
      approved: ['已经批准', '要改的，退回或者重写典型案例'],
      published: ['已经发布'],
    },
    deeds: {
      cases: { title: '写典型案例', in: ['draft', 'approved'], to: states.cases, roles },
      approve: { title: '批准', in: ['draft'], to: states.approve, by: 'approver', roles },
      return: { title: '退回', in: ['draft', 'approved'], to: states.return, roles },
      publish: { title: '发布', in: ['approved'], to: states.publish, by: 'not-approver', roles },
    },
    own: {
      ...{ code: 'assessment.not-yours', wrote: '写过', where: 'decision', provision },
      remedy: '请由他人办理',
    },
  });

/** @param acts in order */
export function publicationStatus(acts: readonly PublicationAct[]): PublicationStatus {
  const last = acts.findLast(({ act }) => act !== 'publish');
  const publishing = acts.find(({ act }) => act === 'publish');
  const newest = publishing ?? last;
  return {
    state: newest ? states[newest.act] : 'draft',
    cases: acts.findLast(({ act }) => act === 'cases')?.cases ?? [],
    writers: acts.filter(({ act }) => act === 'cases'),
    approvedBy: last?.act === 'approve' ? last : null,
    published: publishing?.content ? { ...publishing, content: publishing.content } : null,
  };
}
