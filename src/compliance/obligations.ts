/**
 * Orders of steps that the regulation demands beyond what the catalogue's norms express. Elements are found by norm
 * links and evidence fields, never by name or id.
 */
import type { Json } from '../kernel/json.js';
import type { Deed } from './links.js';
import { normFor, provisionFor } from '../kernel/law.js';

export interface ResponseDuty {
  /** The trigger: elements that `triggers` this norm. */
  readonly after: string;
  readonly provision: string;
  /** What must be reached, in words. */
  readonly what: string;
  /** Any of these; the first is the rule, the others substitutes by another norm. */
  readonly deeds: readonly Deed[];
  /** Recorded waivers, each with the value that waives nothing: paths with another value are exempt. */
  readonly unlessWaived: { readonly [field: string]: Json };
}

export const responseDuties: readonly ResponseDuty[] = [
  {
    after: normFor('reply'),
    provision: provisionFor('reply'),
    what: '回复来电人',
    deeds: [
      { norm: normFor('reply'), field: 'replySummary' },
      { norm: normFor('no-further'), field: 'noFurtherExplanation' },
    ],
    unlessWaived: { wishesReply: true },
  },
  {
    after: normFor('reply'),
    provision: provisionFor('reply'),
    what: '反馈市热线工作机构',
    deeds: [
      { norm: normFor('reply'), field: 'feedbackSummary' },
      { norm: normFor('no-further'), field: 'writtenStatement' },
    ],
    unlessWaived: { feedbackWaived: false },
  },
];

export interface Order {
  readonly provision: string;
  readonly first: string;
  readonly then: string;
  /** Applies only to paths on which a form was answered so. */
  readonly given?: { readonly [field: string]: Json };
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/** An element with a norm link, or one that does a deed. */
export type Step =
  | Deed
  | {
      readonly norm?: string;
      readonly provision?: string;
      readonly relation: 'fulfils' | 'triggers' | 'checks' | 'records';
    };

export const orderRules: readonly Order[] = [
  {
    provision: provisionFor('not-handled-after-supervision'),
    first: '督办',
    then: '以经督办仍未办理为由转问责',
    // An element that resumes an earlier order records it.
    before: [
      { norm: normFor('supervision'), relation: 'fulfils' },
      { norm: normFor('supervision'), relation: 'records' },
    ],
    after: [
      {
        norm: normFor('accountability'),
        provision: provisionFor('not-handled-after-supervision'),
        relation: 'triggers',
      },
    ],
  },
  {
    provision: provisionFor('not-handled-after-supervision'),
    first: '核对督办的记录',
    then: '以经督办仍未办理为由问责',
    given: { clueGround: provisionFor('not-handled-after-supervision') },
    before: [{ provision: provisionFor('not-handled-after-supervision'), relation: 'checks' }],
    after: [{ norm: normFor('accountability'), relation: 'fulfils' }],
  },
  {
    provision: provisionFor('malicious-use'),
    first: '劝阻并记录',
    then: '因恶意反复移送公安机关',
    given: { conduct: 'malicious-repetition' },
    before: [{ norm: normFor('referral'), field: 'dissuasionRecord' }],
    after: [{ norm: normFor('referral'), field: 'referralDecision' }],
  },
];

/** Every feedback is reviewed before closing, except where handling was stopped. */
export const closing = {
  provision: provisionFor('follow-up'),
  after: { norm: normFor('reply'), field: 'feedbackSummary' },
  deeds: [
    { norm: normFor('audit'), field: 'auditResult' },
    { norm: normFor('no-further'), field: 'writtenStatement' },
  ],
} as const satisfies { provision: string; after: Deed; deeds: readonly Deed[] };

/** A user task identified by a form field or a norm link. */
export type Performed = { readonly field: string } | { readonly norm: string; readonly relation: 'fulfils' };

export interface Apart {
  readonly judge: Performed;
  readonly judged: Performed;
  readonly provision: string;
  readonly why: string;
}

const handled: readonly Performed[] = [{ field: 'handlingResult' }, { field: 'feedbackSummary' }];

/** Pairs that must not be done by the same person. */
export const separatedDuties: readonly Apart[] = [
  ...['auditResult', 'interimResult', 'callBackRecord'].flatMap((field) =>
    handled.map((judged) => ({
      judge: { field },
      judged,
      provision: provisionFor('follow-up'),
      why: '审核、回访的人不能是办理、反馈的人',
    })),
  ),
  {
    judge: { field: 'reworkDecision' },
    judged: { field: 'handlingResult' },
    provision: provisionFor('redoing'),
    why: '决定退回的人不能是办理的人',
  },
  {
    judge: { field: 'trackingRecord' },
    judged: { field: 'handlingResult' },
    provision: provisionFor('completion'),
    why: '跟踪督办的人不能是办理的人',
  },
  {
    judge: { field: 'findingReason' },
    judged: { field: 'investigation' },
    provision: provisionFor('accountability'),
    why: '认定的人不能是核实的人',
  },
  {
    judge: { field: 'reviewReason' },
    judged: { field: 'findingReason' },
    provision: provisionFor('accountability'),
    why: '复核的人不能是作出认定的人',
  },
  {
    judge: { field: 'referralDecision' },
    judged: { field: 'conduct' },
    provision: provisionFor('insult'),
    why: '决定移送的人不能是登记的人',
  },
  {
    judge: { field: 'referralDecision' },
    judged: { field: 'dissuasionRecord' },
    provision: provisionFor('malicious-use'),
    why: '决定移送的人不能是劝阻的人',
  },
  {
    judge: { field: 'extensionDecision' },
    judged: { field: 'handlingResult' },
    provision: provisionFor('reply'),
    why: '决定延期的人不能是申请的单位里办理的人',
  },
  {
    judge: { field: 'returnDecision' },
    judged: { field: 'receipt' },
    provision: provisionFor('dispatch'),
    why: '裁定退单的人不能是退单的人',
  },
  {
    judge: { field: 'objectionResult' },
    judged: { field: 'preliminaryNotice' },
    provision: provisionFor('circular'),
    why: '裁定异议的人不能是作出考核结果的人',
  },
];
