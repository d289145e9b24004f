/** The text of a message, with placeholders in braces. A line is left out if one of its placeholders has no value. */

export interface Template {
  readonly subject: string;
  readonly text: string;
}

/** All placeholders; a message may contain only what the caller would be shown on asking. */
export const placeholders = {
  workOrder: '工单编号',
  receivedDate: '受理的日子',
  unit: '承办单位；来电人要求保密的没有',
  dueDate: '正在计时的期限的最后一日',
  promisedDate: '承办单位答复的办结日期',
  answer: '这一次的答复，依法不显示的写明事由和依据',
  outcome: '办理结果',
  endedDate: '办结的日子',
  emergency: '疑似警情的，打哪个号码；不是的没有',
  law: '现在适用于这件诉求的条例',
  page: '查询页的地址，设了 HOTLINE_PUBLIC_URL 才有',
  receipt: '核对随信附上的回执的地址；没有附上的没有',
} as const;
export const secretPlaceholder = { secret: '查询码' } as const;

export type Placeholder = keyof typeof placeholders | keyof typeof secretPlaceholder;
export type Values = { readonly [Name in Placeholder]?: string | null };

/** Placeholders that the templates of an occasion may use. */
export const placeholdersOf = ({ secret }: { readonly secret: boolean }): readonly Placeholder[] => [
  ...(Object.keys(placeholders) as (keyof typeof placeholders)[]),
  ...(secret ? (['secret'] as const) : []),
];

interface Fault {
  readonly field: 'subject' | 'text';
  readonly why: string;
}

/** Finds unknown placeholders, unclosed braces, and a subject of several lines. */
export function templateFault(template: Template, occasion: { readonly secret: boolean }): Fault | undefined {
  const known: readonly string[] = placeholdersOf(occasion);
  for (const field of ['subject', 'text'] as const) {
    const said = template[field];
    const strange = [...said.matchAll(/\{([^{}]*)\}/g)].find(([, name = '']) => !known.includes(name));
    if (strange) {
      const list = known.map((name) => `{${name}}`).join('、');
      return { field, why: `没有“${strange[0].slice(0, 40)}”这个占位符；可以用 ${list}` };
    }
    if (/[{}]/.test(said.replaceAll(/\{[^{}]*\}/g, ''))) return { field, why: '花括号没有成对' };
  }
  if (/[\r\n]/.test(template.subject)) return { field: 'subject', why: '标题只能一行' };
  // The code must not be in the subject, which mail servers log; the record of what was sent omits
  // the code, too.
  if (template.subject.includes('{secret}')) return { field: 'subject', why: '查询码不写在标题里' };
  return undefined;
}

/** Names missing from `values` stay as they are; a null value removes its line. */
export function fill({ subject, text }: Template, values: Values): Template {
  const put = (line: string): string =>
    line.replaceAll(/\{(\w+)\}/g, (whole, name: Placeholder) => values[name] ?? whole);
  const isLeft = (line: string): boolean =>
    [...line.matchAll(/\{(\w+)\}/g)].every(([, name]) => values[name as Placeholder] !== null);
  return {
    subject: put(subject),
    text: text.split('\n').filter(isLeft).map(put).join('\n'),
  };
}

/** Values for the preview. */
export const sampleValues: Values = {
  workOrder: '20261128-000001',
  receivedDate: '2026-11-28',
  unit: '某水务局',
  dueDate: '2026-12-04',
  promisedDate: '2026-12-20',
  answer: '承办单位的答复：水管已经换好，今晚八点恢复供水。',
  outcome: '办结',
  endedDate: '2026-12-03',
  emergency: '110',
  law: '《某市条例》',
  page: 'https://12345.example.gov.cn/query',
  receipt: 'https://12345.example.gov.cn/query/receipt',
  secret: '048213975561',
};
