import { expect } from 'chai';
import { fitDiagram, isFitted, type FittingLaw } from '../../src/kernel/diagram-fit.js';

const law = (...known: string[]): FittingLaw => ({
  has: (path) => known.includes(path),
  normsOf: (path) =>
    path === 'deeds/matter.received'
      ? [
          { id: 'A01', provisions: [{ id: 'art3', words: '签收' }] },
          {
            id: 'A02',
            provisions: [
              { id: 'art4.p2', words: '核对' },
              { id: 'art4.p3', words: '记明' },
            ],
          },
        ]
      : [],
});

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="b" xmlns:duty="d" xmlns:bpmndi="i" xmlns:di="di">
  <bpmn:process id="handling">
    <bpmn:startEvent id="Start"/>
    <bpmn:userTask id="Receive" name="签收 &amp; 核对">
      <bpmn:extensionElements>
        <duty:norm of="deeds/matter.received" relation="fulfils"/>
        <duty:option value="return" duty:when="deeds/return.applied"/>
        <duty:choice><duty:option of="deeds/matter.received"/></duty:choice>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="Received" default="ToContact"/>
    <bpmn:userTask id="Rule" duty:when="deeds/return.applied"/>
    <bpmn:userTask id="Contact" duty:when="deeds/caller.contacted"/>
    <bpmn:boundaryEvent id="Late" attachedToRef="Contact"/>
    <bpmn:endEvent id="IsLate"/>
    <bpmn:userTask id="Reply"/>
    <bpmn:endEvent id="End"/>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Receive"/>
    <bpmn:sequenceFlow id="F2" sourceRef="Receive" targetRef="Received"/>
    <bpmn:sequenceFlow id="ToContact" name="签收" sourceRef="Received" targetRef="Contact"/>
    <bpmn:sequenceFlow id="ToRule" sourceRef="Received" targetRef="Rule" duty:when="deeds/return.applied"/>
    <bpmn:sequenceFlow id="Back" sourceRef="Rule" targetRef="Receive"/>
    <bpmn:sequenceFlow id="F3" sourceRef="Contact" targetRef="Reply"/>
    <bpmn:sequenceFlow id="F4" sourceRef="Late" targetRef="IsLate"/>
    <bpmn:sequenceFlow id="F5" sourceRef="Reply" targetRef="End"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="handling">
    <bpmndi:BPMNShape bpmnElement="Rule"/>
    <bpmndi:BPMNShape bpmnElement="Reply"/>
    <bpmndi:BPMNEdge bpmnElement="F2"><di:waypoint x="1"/><di:waypoint x="2"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge bpmnElement="ToContact"><di:waypoint x="3"/><di:waypoint x="4"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge bpmnElement="F3"><di:waypoint x="5"/><di:waypoint x="6"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

const ids = (text: string): readonly string[] =>
  [...text.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);
const flow = (text: string, id: string): string => /[^<]*/.exec(text.split(`id="${id}"`)[1] ?? '')?.[0] ?? '';

describe('基础包的流程图依本市的法', () => {
  it('法里都有的，一个环节也不少，也不留下记号', () => {
    const text = fitDiagram(xml, law('deeds/return.applied', 'deeds/caller.contacted'));
    expect(ids(text)).to.deep.equal(ids(xml));
    expect(isFitted(text)).to.equal(false);
    expect(text).to.contain('签收 &amp; 核对');
  });

  it('义务由行为找出，每条各写一次', () => {
    const text = fitDiagram(xml, law());
    expect(text).to.contain('<duty:norm provision="art3" norm="A01" relation="fulfils"/>');
    expect(text).to.contain('<duty:norm provision="art4.p2" norm="A02" relation="fulfils"/>');
  });

  it('“可以”的，由作决定的环节履行；行使它的环节只记录', () => {
    const using: FittingLaw = {
      has: () => true,
      normsOf: () => [{ id: 'A03', isPower: true, provisions: [{ id: 'art5', words: '可以退回' }] }],
    };
    const both = xml.replace(
      '<duty:norm of="deeds/matter.received" relation="fulfils"/>',
      '$&<duty:norm of="deeds/matter.received" relation="records"/>',
    );
    expect(fitDiagram(both, using).match(/<duty:norm [^>]*>/g)).to.deep.equal([
      '<duty:norm provision="art5" norm="A03" relation="records"/>',
    ]);
  });

  it('选项由条文列出', () => {
    expect(fitDiagram(xml, law())).to.contain(
      '<duty:option value="art3" label="签收"/><duty:option value="art4.p2" label="核对"/><duty:option value="art4.p3" label="记明"/>',
    );
  });

  it('法里没有的，连它的线、边界事件、选项、图形一起不画，前后接上', () => {
    const text = fitDiagram(xml, law());
    expect(ids(text)).to.deep.equal(['handling', 'Start', 'Receive', 'Reply', 'End', 'F1', 'F2', 'F5']);
    expect(flow(text, 'F2')).to.contain('targetRef="Reply"');
    expect(text).not.to.contain('value="return"');
    const drawn = text.slice(text.indexOf('<bpmndi:BPMNPlane'));
    expect([...drawn.matchAll(/bpmnElement="(\w+)"/g)].map(([, id]) => id)).to.deep.equal([
      'handling',
      'Reply',
      'F2',
    ]);
    expect([...drawn.matchAll(/x="(\d)"/g)].map(([, x]) => x)).to.deep.equal(['1', '2', '3', '4', '5', '6']);
  });

  it('网关还分两路的，留着', () => {
    const text = fitDiagram(xml, law('deeds/return.applied'));
    expect(ids(text)).to.include.members(['Received', 'Rule', 'Back']).and.not.include('Contact');
    expect(flow(text, 'ToContact')).to.contain('targetRef="Reply"');
    expect(text).to.contain('<bpmn:incoming>Back</bpmn:incoming>');
  });
});
