/** Diagrams redrawn without a change in law. */

/** New ids for all elements, in an order by chance that is always the same. Processes keep theirs, because messages start them. */
export function renamingOf(sources: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Set(
    sources.flatMap((xml) => [...xml.matchAll(/\bid="(\w+_\w+)"/g)].map(([, id = '']) => id)),
  );
  let state = 12_345;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  const shuffled = [...ids].map((id) => [random(), id] as const).sort(([one], [other]) => one - other);
  return new Map(shuffled.map(([, id], index) => [id, `N${index}`]));
}

export const renamedIn = (xml: string, renaming: ReadonlyMap<string, string>): string =>
  xml.replaceAll(/\b\w+_\w+\b/g, (word) => renaming.get(word) ?? word);

/** 领导签批, after the reply and before the feedback. */
export const withApproval = (xml: string): string =>
  xml
    .replace(
      '<bpmn:sequenceFlow id="Flow_Replied_FeedbackOwed" sourceRef="Throw_Replied" targetRef="Gateway_FeedbackOwed"/>',
      `<bpmn:userTask id="Activity_1x" name="领导签批" duty:role="unit"><bpmn:extensionElements><duty:form>
         <duty:field key="approval" label="签批意见" type="text" required="true"/>
       </duty:form></bpmn:extensionElements></bpmn:userTask>
       <bpmn:sequenceFlow id="Flow_1x" sourceRef="Throw_Replied" targetRef="Activity_1x"/>
       <bpmn:sequenceFlow id="Flow_2x" sourceRef="Activity_1x" targetRef="Gateway_FeedbackOwed"/>`,
    )
    .replace(
      '<bpmn:outgoing>Flow_Replied_FeedbackOwed</bpmn:outgoing>',
      '<bpmn:outgoing>Flow_1x</bpmn:outgoing>',
    )
    .replace(
      '<bpmn:incoming>Flow_Replied_FeedbackOwed</bpmn:incoming>',
      '<bpmn:incoming>Flow_2x</bpmn:incoming>',
    );
