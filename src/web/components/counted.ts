/** Marks a count that stopped at the limit. */
export const countedText = (count: number, orMore: boolean): string =>
  orMore ? `${count.toLocaleString('zh-CN')}+` : String(count);
