/**
 * What the regulation wants of the order of things, where the catalogue's norms do not say it by themselves. Elements
 * are found by their links and by the fields that prove a deed, never by their names or ids.
 */
import type { Json } from '../kernel/json.js';
import type { Deed } from './links.js';

export interface ResponseDuty {
  /** What sets it off: elements that `triggers` this norm. */
  readonly after: string;
  readonly provision: string;
  /** In words: what must be reached. */
  readonly what: string;
  /** Any of these; the first is the rule, the others stand in its place where another norm says so. */
  readonly deeds: readonly Deed[];
  /** Looked at as if nobody had waived it: these are the recorded waivers, with the value that is none. */
  readonly unlessWaived: { readonly [field: string]: Json };
}

export const responseDuties: readonly ResponseDuty[] = [
  {
    after: 'J27',
    provision: 'art24.p1',
    what: '回复来电人',
    deeds: [
      { norm: 'J27', field: 'replySummary' },
      { norm: 'J34', field: 'noFurtherExplanation' },
    ],
    unlessWaived: { wishesReply: true },
  },
  {
    after: 'J27',
    provision: 'art24.p1',
    what: '反馈市热线工作机构',
    deeds: [
      { norm: 'J27', field: 'feedbackSummary' },
      { norm: 'J34', field: 'writtenStatement' },
    ],
    unlessWaived: { feedbackWaived: false },
  },
];

export interface Order {
  readonly provision: string;
  readonly first: string;
  readonly then: string;
  /** Where it holds: ways on which a form was answered so. */
  readonly given?: { readonly [field: string]: Json };
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/** An element that has a link, or one that does a deed. */
export type Step =
  | Deed
  | {
      readonly norm?: string;
      readonly provision?: string;
      readonly relation: 'fulfils' | 'triggers' | 'checks' | 'records';
    };

export const orders: readonly Order[] = [
  {
    provision: 'art40.p1.i2',
    first: '督办',
    then: '以经督办仍未办理为由转问责',
    // What resumes an order that has been issued before records it.
    before: [
      { norm: 'J39', relation: 'fulfils' },
      { norm: 'J39', relation: 'records' },
    ],
    after: [{ norm: 'J57', provision: 'art40.p1.i2', relation: 'triggers' }],
  },
  {
    provision: 'art40.p1.i2',
    first: '核对督办的记录',
    then: '以经督办仍未办理为由问责',
    given: { clueGround: 'art40.p1.i2' },
    before: [{ provision: 'art40.p1.i2', relation: 'checks' }],
    after: [{ norm: 'J57', relation: 'fulfils' }],
  },
  {
    provision: 'art42',
    first: '劝阻并记录',
    then: '因恶意反复移送公安机关',
    given: { conduct: 'malicious-repetition' },
    before: [{ norm: 'J59', field: 'dissuasionRecord' }],
    after: [{ norm: 'J59', field: 'referralDecision' }],
  },
];

/** Art 27: every feedback is audited before the sheet is closed, but for what is not handled any more (Art 25). */
export const closing = {
  provision: 'art27.p1',
  after: { norm: 'J27', field: 'feedbackSummary' },
  deeds: [
    { norm: 'J37', field: 'auditResult' },
    { norm: 'J34', field: 'writtenStatement' },
  ],
} as const satisfies { provision: string; after: Deed; deeds: readonly Deed[] };

/** A user task known by what its form asks, or by a link. */
export type Performed = { readonly field: string } | { readonly norm: string; readonly relation: 'fulfils' };

export interface Apart {
  readonly judge: Performed;
  readonly judged: Performed;
  readonly provision: string;
  readonly why: string;
}

const handled: readonly Performed[] = [{ field: 'handlingResult' }, { field: 'feedbackSummary' }];

/** Who may not do both. */
export const apart: readonly Apart[] = [
  ...['auditResult', 'interimResult', 'callBackRecord'].flatMap((field) =>
    handled.map((judged) => ({
      judge: { field },
      judged,
      provision: 'art27.p1',
      why: '审核、回访的人不能是办理、反馈的人',
    })),
  ),
  {
    judge: { field: 'reworkDecision' },
    judged: { field: 'handlingResult' },
    provision: 'art27.p2',
    why: '决定退回的人不能是办理的人',
  },
  {
    judge: { field: 'trackingRecord' },
    judged: { field: 'handlingResult' },
    provision: 'art24.p2',
    why: '跟踪督办的人不能是办理的人',
  },
  {
    judge: { field: 'findingReason' },
    judged: { field: 'investigation' },
    provision: 'art40',
    why: '认定的人不能是核实的人',
  },
  {
    judge: { field: 'reviewReason' },
    judged: { field: 'findingReason' },
    provision: 'art40',
    why: '复核的人不能是作出认定的人',
  },
  {
    judge: { field: 'referralDecision' },
    judged: { field: 'conduct' },
    provision: 'art43',
    why: '决定移送的人不能是登记的人',
  },
  {
    judge: { field: 'referralDecision' },
    judged: { field: 'dissuasionRecord' },
    provision: 'art42',
    why: '决定移送的人不能是劝阻的人',
  },
  {
    judge: { field: 'extensionDecision' },
    judged: { field: 'handlingResult' },
    provision: 'art24.p1',
    why: '决定延期的人不能是申请的单位里办理的人',
  },
  {
    judge: { field: 'returnDecision' },
    judged: { field: 'receipt' },
    provision: 'art23.p1.i2',
    why: '裁定退单的人不能是退单的人',
  },
  {
    judge: { field: 'objectionResult' },
    judged: { field: 'preliminaryNotice' },
    provision: 'art38.p1',
    why: '裁定异议的人不能是作出考核结果的人',
  },
];
