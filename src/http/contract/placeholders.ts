/** Placeholders of text templates: data of the sheet and the day, never of the caller. */
export const placeholders = {
  工单编号: '工单的编号；受理以前没有',
  标题: '工单的标题',
  单位: '您的单位',
  属地: '属地的名称',
  地点: '事发地点；就是来电人地址的不填',
  分类: '事项分类的名称',
  受理日期: '受理的那一天',
  今天: '写的那一天',
} as const satisfies { readonly [name: string]: string };

export type Placeholder = keyof typeof placeholders;

const written = /[{\uff5b]([^{}\uff5b\uff5d\n]{0,40})[}\uff5d]/g;

/** Replaces each known placeholder; one without a value becomes a visible gap: `【地点】`. */
export const fillTemplate = (text: string, values: { readonly [Name in Placeholder]?: string }): string =>
  text.replaceAll(written, (whole, name: string) =>
    Object.hasOwn(placeholders, name) ? (values[name as Placeholder] ?? '') || `【${name}】` : whole,
  );

/** The first unknown placeholder. */
export const unknownPlaceholder = (text: string): string | undefined =>
  [...text.matchAll(written)].map(([, name = '']) => name).find((name) => !Object.hasOwn(placeholders, name));
