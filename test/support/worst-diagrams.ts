/** Diagrams within all limits that take the checks as long as possible. */
const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" id="D" targetNamespace="urn:test">`;
const process = (inside: string): string =>
  `${head}<bpmn:process id="draft" isExecutable="true">${inside}</bpmn:process></bpmn:definitions>`;
const flow = (from: string, to: string, condition = ''): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${condition}</bpmn:sequenceFlow>`;
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const ends = '<bpmn:startEvent id="s" name="起"/><bpmn:endEvent id="e"/>';

/** Parallel branches that may each cross over to the next, so that nothing can be reduced. */
const tangled = (branches: number): string =>
  process(
    `${ends}<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>${flow('s', 'fork')}${flow('join', 'e')}` +
      many(
        branches,
        (at) =>
          `<bpmn:exclusiveGateway id="in${at}"/><bpmn:exclusiveGateway id="out${at}"/>${flow('fork', `in${at}`)}` +
          `${flow(`in${at}`, `out${at}`)}${flow(`out${at}`, `in${(at + 1) % branches}`)}${flow(`out${at}`, 'join')}`,
      ),
  );

const option = (at: number): string => `<duty:option value="v${at}" label="选项${at}"/>`;
/** Forms whose answers decide at two places each. */
const asking = (tasks: number, fields: number): string =>
  process(
    ends +
      many(
        tasks,
        (at) =>
          `<bpmn:userTask id="t${at}" name="问${at}" duty:role="intake"><bpmn:extensionElements><duty:form>${many(
            fields,
            (field) =>
              `<duty:field key="k${at}x${field}" label="问" type="choice" required="true">${many(5, option)}</duty:field>`,
          )}</duty:form></bpmn:extensionElements></bpmn:userTask><bpmn:exclusiveGateway id="g${at}" default="g${at}_h${at}"/><bpmn:exclusiveGateway id="h${at}" default="h${at}_i${at}"/><bpmn:exclusiveGateway id="i${at}"/>` +
          flow(at === 0 ? 's' : `i${at - 1}`, `t${at}`) +
          flow(`t${at}`, `g${at}`) +
          flow(`g${at}`, `h${at}`) +
          `<bpmn:sequenceFlow id="a${at}" sourceRef="g${at}" targetRef="i${at}"><bpmn:conditionExpression>= ${Array.from({ length: fields }, (_, field) => `k${at}x${field} = "v1"`).join(' and ')}</bpmn:conditionExpression></bpmn:sequenceFlow>` +
          flow(`h${at}`, `i${at}`) +
          `<bpmn:sequenceFlow id="b${at}" sourceRef="h${at}" targetRef="i${at}"><bpmn:conditionExpression>= ${Array.from({ length: fields }, (_, field) => `k${at}x${field} = "v2"`).join(' and ')}</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      ) +
      flow(`i${tasks - 1}`, 'e'),
  );

const inARow = (kind: string, count: number): string =>
  process(
    `${ends}${many(count, (at) => `<bpmn:${kind} id="g${at}"/>`)}${flow('s', 'g0')}` +
      `${many(count - 1, (at) => flow(`g${at}`, `g${at + 1}`))}${flow(`g${count - 1}`, 'e')}`,
  );

export const worstDiagrams: readonly (readonly [string, string])[] = [
  [
    'documentation of 5 MiB',
    process(`<bpmn:documentation>${'字'.repeat(1_700_000)}</bpmn:documentation>${ends}${flow('s', 'e')}`),
  ],
  [
    '49,000 tags',
    process(
      `${ends}${flow('s', 'e')}<bpmn:extensionElements>${many(49_000, () => '<duty:norm/>')}</bpmn:extensionElements>`,
    ),
  ],
  ['1,900 gateways in a row', inARow('exclusiveGateway', 1900)],
  ['1,900 inclusive gateways in a row', inARow('inclusiveGateway', 1900)],
  ['1,900 service tasks in a row', inARow('serviceTask', 1900)],
  ['30 tangled branches', tangled(30)],
  ['600 tangled branches', tangled(600)],
  ['300 forms of 10 choices', asking(300, 10)],
];
