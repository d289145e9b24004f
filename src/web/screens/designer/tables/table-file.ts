/** Tables as files: imports those of other modelers, and exports DMN 1.3. */
import { asDmn13, parseDecision } from '../../../../engine/model/decision/read.js';
import { definitionsIn, escaped, renamed } from '../given-xml.js';

const dmn = /\/spec\/DMN\//;

/**
 * A file's table under this key.
 *
 * @throws {Refusal} `definition.not-dmn`
 */
export async function tableUnder(text: string, key: string): Promise<string> {
  const source = asDmn13(text);
  const table = await parseDecision(source);
  const document = definitionsIn(source, (one) => dmn.test(one));
  return document && table.key !== key ? renamed(document, table.key, key) : source;
}

export function download(name: string, text: string): void {
  const type = name.endsWith('.csv') ? 'text/csv' : 'application/xml';
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** An initial table: one input, one output, one row that matches everything. */
export const emptyTable = (key: string, name: string): string => {
  const title = escaped(name);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="Definitions_${key}" name="${title}" namespace="urn:hotline-12345:decisions">
  <decision id="${key}" name="${title}">
    <decisionTable id="Table_${key}" hitPolicy="FIRST">
      <input id="Input_1" label="事项类别">
        <inputExpression id="Expression_1" typeRef="string">
          <text>kind</text>
        </inputExpression>
      </input>
      <output id="Output_1" label="结果" name="result" typeRef="string" />
      <rule id="Rule_1">
        <inputEntry id="Test_1_1">
          <text>-</text>
        </inputEntry>
        <outputEntry id="Result_1_1">
          <text>"写明结果"</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
`;
};
