/** DMN of a table written as rows, for tests. */
export interface WrittenTable {
  readonly key?: string;
  readonly name?: string;
  /** `UNIQUE` (default), `FIRST`, `COLLECT`, … */
  readonly hitPolicy?: string;
  /** Expression, type, allowed values. */
  readonly inputs: readonly (readonly [expression: string, type: string, allowed?: string])[];
  readonly outputs: readonly (readonly [name: string, type: string, otherwise?: string])[];
  /** Tests, then results. */
  readonly rules: readonly (readonly string[])[];
  /** Of the rules; `r1`, `r2`, … unless said otherwise. */
  readonly ids?: readonly string[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function decisionXml({
  key = 'grounds',
  name = '依据',
  hitPolicy,
  inputs,
  outputs,
  rules,
  ids = rules.map((_, row) => `r${row + 1}`),
}: WrittenTable): string {
  const policy = hitPolicy === undefined ? '' : ` hitPolicy="${hitPolicy}"`;
  const columns = [
    ...inputs.map(
      ([expression, type, allowed], at) =>
        `<input id="in${at}" label="${escaped(expression)}"><inputExpression id="ex${at}" typeRef="${type}"><text>${escaped(expression)}</text></inputExpression>${allowed === undefined ? '' : `<inputValues id="iv${at}"><text>${escaped(allowed)}</text></inputValues>`}</input>`,
    ),
    ...outputs.map(
      ([output, type, otherwise], at) =>
        `<output id="out${at}" label="${output}" name="${output}" typeRef="${type}">${otherwise === undefined ? '' : `<defaultOutputEntry id="de${at}"><text>${escaped(otherwise)}</text></defaultOutputEntry>`}</output>`,
    ),
  ];
  const rows = rules.map((cells, row) => {
    const entries = cells.map((cell, at) => {
      const kind = at < inputs.length ? 'inputEntry' : 'outputEntry';
      return `<${kind} id="c${row}_${at}"><text>${escaped(cell)}</text></${kind}>`;
    });
    return `<rule id="${ids[row] ?? ''}">${entries.join('')}</rule>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="file" name="${name}" namespace="http://hotline">
  <decision id="${key}" name="${name}">
    <decisionTable id="table"${policy}>${columns.join('')}${rows.join('')}</decisionTable>
  </decision>
</definitions>
`;
}
