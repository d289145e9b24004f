/** A variable's value for display. @param json null if there is none */
export function inWords(
  json: string | null,
  options: readonly { readonly value: string; readonly label: string }[] = [],
): string {
  const value: unknown = json === null ? null : JSON.parse(json);
  if (value === null) return '没有值';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'string') return JSON.stringify(value);
  return options.find((option) => option.value === value)?.label ?? value;
}
