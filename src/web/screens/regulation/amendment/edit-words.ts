/** An edit in one sentence, for the list of what an amendment changes. */
import type { Output } from '../../../api/client.js';
import { roleName } from '../../../../http/contract/role-name.js';
import { callerTitle, law } from '../../../law/page-law.js';
import {
  bearerTitle,
  lights,
  limitInWords,
  modalities,
  provisionLabel,
} from '../../../../law/regulation/model/index.js';

export type Amendment = Output<'readAmendment'>;
export type Edit = Amendment['edits'][number];
export type Regulation = Output<'readRegulation'>;
export type Transition = Amendment['transition'];

type Set = Extract<Edit, { edit: 'norm' }>['set'];
type NewNorm = Extract<Edit, { edit: 'article' }>['norms'][number];
type LevelSet = Extract<Edit, { edit: 'level' }>['set'];
type Act = NonNullable<Set['opens']>[number];

export const transitions: { readonly [key in Transition]: string } = {
  old: '依旧版办完',
  new: '此后的行为依新版，已经开始的期限不变',
  recount: '此后的行为依新版，没有届满的期限也依新版重新计算（不早于施行当日 24 时）',
};

export const states: { readonly [state in Amendment['state']]: string } = {
  draft: '起草中',
  submitted: '等待批准',
  approved: '已批准，到日施行',
  'in-force': '已施行',
  rejected: '未批准',
  withdrawn: '已撤回',
};

export function editInWords(edit: Edit, { vocabulary, articles }: Regulation): string {
  const deed = ({ deed: name }: Act): string =>
    `“${vocabulary.deeds.find((one) => one.name === name)?.title ?? name}”`;
  switch (edit.edit) {
    case 'words':
      return `${provisionLabel(edit.provision)}改为“${edit.words}”`;
    case 'norm': {
      const at = articles.flatMap(({ norms }) => norms).find(({ id }) => id === edit.norm)
        ?.provisions[0]?.label;
      const clock = (key: string): string => vocabulary.clocks.find((one) => one.key === key)?.title ?? key;
      return `${at ?? ''} ${edit.norm}：${setInWords(edit.set, deed, clock)}`;
    }
    case 'repeal':
      return `废止 ${edit.norm}：${edit.reason}`;
    case 'article':
      return `${provisionLabel(edit.after)}后面加一条“${edit.heading}”：${edit.paragraphs.join(' ')}${edit.norms.map(normInWords).join('')}`;
    case 'level':
      return `级别“${law().levels.find(({ key }) => key === edit.level)?.title ?? edit.level}”：${levelInWords(edit.set)}`;
    case 'deed':
      return `${deed({ deed: edit.deed, facts: {} })}改由${whoDoes(edit.by)}做`;
  }
}

const titleOf = (bearer: string): string => bearerTitle(bearer, law());

const normInWords = ({ bearers, modality, says, limit }: NewNorm): string =>
  `；${bearers.map(titleOf).join('、')}${modalities[modality]}${says}${
    limit === null ? '' : `（${limitInWords(limit)}）`
  }`;

/** @param roles duties of office; empty for deeds of the program and of callers */
export const whoDoes = (roles: readonly string[]): string =>
  roles.map((role) => roleName(role, law())).join('、') || `程序、${callerTitle()}`;

function levelInWords({ title, sign, light, reported }: LevelSet): string {
  const parts = [
    title === undefined ? '' : `名称改为“${title}”`,
    sign === undefined ? '' : `符号改为“${sign}”`,
    light === undefined ? '' : `灯号改为${lights[light]}`,
    reported === undefined ? '' : `回放里的名称改为${reported === null ? '与名称相同' : `“${reported}”`}`,
  ];
  return parts.filter(Boolean).join('；') || '没有改动';
}

function setInWords(set: Set, deed: (act: Act) => string, clock: (key: string) => string): string {
  const parts = [
    set.limit === undefined ? '' : `期限改为 ${limitInWords(set.limit)}`,
    set.says === undefined ? '' : `做什么改为“${set.says}”`,
    set.bearers === undefined ? '' : `由${set.bearers.map(titleOf).join('、')}承担`,
    set.modality === undefined ? '' : `改为“${modalities[set.modality]}”`,
    set.trigger === undefined ? '' : `何时改为“${set.trigger}”`,
    set.exception === undefined ? '' : `例外改为“${set.exception ?? '没有'}”`,
    set.compensatedBy === undefined ? '' : `违反之后改为 ${set.compensatedBy.join('、') || '没有'}`,
    set.opens === undefined ? '' : `改由${set.opens.map(deed).join('或者')}引起`,
    set.discharged === undefined
      ? ''
      : `改由${set.discharged.map((list) => list.map(deed).join('和')).join('或者')}履行`,
    set.clock === undefined ? '' : set.clock === null ? '不再计时' : `改由“${clock(set.clock)}”计时`,
  ];
  return parts.filter(Boolean).join('；') || '没有改动';
}
