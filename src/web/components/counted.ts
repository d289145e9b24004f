/** A number that was counted only so far says so. */
export const countedText = (count: number, orMore: boolean): string =>
  orMore ? `${count.toLocaleString('zh-CN')}+` : String(count);
