/** Keys of processes and decision tables. They also name streams and files, and diagrams refer to them. */

const longest = 60;

/** What is wrong with a new key, as a sentence that says what to do; undefined if it is valid. */
export function keyObjection(key: string): string | undefined {
  if (key === '') return '还没有写标识';
  if (/\p{Script=Han}/u.test(key)) {
    return '标识不能有汉字：轨迹、文件和别的流程图都用它指这一份。写英文字母，例如 follow-up-visit；中文的名称写在上面';
  }
  if (/\s/.test(key)) return '标识里不能有空格，请用连字符 - 代替';
  if (!/^[A-Za-z]/.test(key)) return '标识要以英文字母开头';
  const [wrong] = /[^A-Za-z0-9_-]/u.exec(key) ?? [];
  if (wrong !== undefined) return `标识里不能有“${wrong}”，只用英文字母、数字、连字符和下划线`;
  if (key.length > longest) return `标识有 ${key.length} 个字符，最多 ${longest} 个`;
  return undefined;
}
