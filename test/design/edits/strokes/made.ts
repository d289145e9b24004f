/** New elements, as the designer's palette makes them. */
import type { XmlElement } from '../../../../src/kernel/xml-tree.js';

const condition = (name: string, text: string): XmlElement => ({
  name,
  attributes: { 'xsi:type': 'bpmn:tFormalExpression' },
  children: [text],
});

export const task = (name: string, role: string): XmlElement => ({
  name: 'bpmn:userTask',
  attributes: { id: 'Task_Edited', name, 'duty:role': role },
  children: [
    {
      name: 'bpmn:extensionElements',
      attributes: {},
      children: [
        {
          name: 'duty:form',
          attributes: {},
          children: [
            {
              name: 'duty:field',
              attributes: {
                key: 'editedNote',
                label: '意见（不写个人信息）',
                type: 'longText',
                required: 'true',
                evidence: 'true',
              },
              children: [],
            },
          ],
        },
      ],
    },
  ],
});

/** An exclusive gateway whose default is the flow on which it is dropped. */
export const fork = (name: string): XmlElement => ({
  name: 'bpmn:exclusiveGateway',
  attributes: { id: 'Gateway_Edited', name, default: 'Gateway_Edited_On' },
  children: [],
});

export const merge: XmlElement = {
  name: 'bpmn:exclusiveGateway',
  attributes: { id: 'Gateway_Edited' },
  children: [],
};

export const wait = (name: string, length: string): XmlElement => ({
  name: 'bpmn:intermediateCatchEvent',
  attributes: { id: 'Timer_Edited', name },
  children: [
    {
      name: 'bpmn:timerEventDefinition',
      attributes: { id: 'Definition_Edited' },
      children: [condition('bpmn:timeDuration', length)],
    },
  ],
});
