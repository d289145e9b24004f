/**
 * Our extension vocabulary for BPMN 2.0 diagrams as a moddle descriptor, namespace prefix `duty`. Shared by parser,
 * lint, command line and designer.
 */
const dutyNamespace = 'urn:hotline-12345:duty:1';

export const dutyDescriptor = {
  name: 'Duty',
  prefix: 'duty',
  uri: dutyNamespace,
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    {
      // <duty:norm provision="artN.pM.iK" norm="…" relation="fulfils" note="…"/>, in extensionElements. Links an
      // element to a duty of the regulation.
      name: 'Norm',
      superClass: ['Element'],
      properties: [
        // Stable id of the provision: artN, artN.pM (paragraph), artN.pM.iK (item).
        { name: 'provision', isAttr: true, type: 'String' },
        // The duty's id in the catalogue.
        { name: 'norm', isAttr: true, type: 'String' },
        // fulfils | triggers | checks | records
        { name: 'relation', isAttr: true, type: 'String' },
        { name: 'note', isAttr: true, type: 'String' },
      ],
    },
    {
      // <duty:deed name="reply.given" when="= …"><duty:fact name="way" value="= way"/></duty:deed>, in
      // extensionElements of any flow node: passing the element is this deed of the regulation.
      name: 'Deed',
      superClass: ['Element'],
      properties: [
        // A deed of the regulation's vocabulary.
        { name: 'name', isAttr: true, type: 'String' },
        // done (default): on completion; begun: on entry.
        { name: 'on', isAttr: true, type: 'String' },
        // FEEL over the variables at that time; default: always.
        { name: 'when', isAttr: true, type: 'String' },
        { name: 'facts', type: 'Fact', isMany: true },
      ],
    },
    {
      name: 'Fact',
      superClass: ['Element'],
      properties: [
        { name: 'name', isAttr: true, type: 'String' },
        // FEEL over the variables; default: the variable of that name.
        { name: 'value', isAttr: true, type: 'String' },
      ],
    },
    {
      // <duty:form><duty:field …/></duty:form>, in extensionElements of a user task.
      name: 'Form',
      superClass: ['Element'],
      properties: [
        { name: 'fields', type: 'Field', isMany: true },
        { name: 'rules', type: 'Rule', isMany: true },
      ],
    },
    {
      // <duty:rule holds="= told" says="…" provision="artN.pM.iK"/>, in duty:form: answers that do not satisfy
      // it are refused. FEEL over the answers and, for fields not asked, the variables of the case.
      name: 'Rule',
      superClass: ['Element'],
      properties: [
        { name: 'holds', isAttr: true, type: 'String' },
        // What to do instead, shown to the person filling in the form.
        { name: 'says', isAttr: true, type: 'String' },
        { name: 'provision', isAttr: true, type: 'String' },
      ],
    },
    {
      name: 'Field',
      superClass: ['Element'],
      properties: [
        // The process variable the answer goes to.
        { name: 'key', isAttr: true, type: 'String' },
        { name: 'label', isAttr: true, type: 'String' },
        // text | longText | choice | boolean | date | number | unit (one of the register) | units (several, separated
        // by 、) | sheet (an earlier one of the same caller)
        // | accused (`unit:NAME`, `agent:LOGIN`, `official:LOGIN`, `unknown`: a unit or person by its key)
        { name: 'type', isAttr: true, type: 'String' },
        { name: 'required', isAttr: true, type: 'Boolean' },
        // True if the answer is kept as evidence in the trail.
        { name: 'evidence', isAttr: true, type: 'Boolean' },
        // For a unit: only one below the unit that holds the case, by the register.
        { name: 'below', isAttr: true, type: 'Boolean' },
        // For a sheet: also one that is still being handled; otherwise only a closed one.
        { name: 'unfinished', isAttr: true, type: 'Boolean' },
        // On a text: the list of the package that is offered for it; another text may be written.
        { name: 'list', isAttr: true, type: 'String' },
        // The answer if nobody is asked: at intake, whose form does not show the field, and in a
        // replay.
        { name: 'presumed', isAttr: true, type: 'String' },
        { name: 'options', type: 'Option', isMany: true },
      ],
    },
    {
      name: 'Option',
      superClass: ['Element'],
      properties: [
        { name: 'value', isAttr: true, type: 'String' },
        { name: 'label', isAttr: true, type: 'String' },
      ],
    },
    {
      // On a process: variables that each of its instances has for itself, separated by spaces. Two proceedings of one
      // case do not see each other's.
      name: 'Owning',
      extends: ['bpmn:Process'],
      properties: [{ name: 'own', isAttr: true, type: 'String' }],
    },
    {
      // <duty:scope closed="true"><duty:local name="answer" value="= …"/><duty:output
      // name="answers" value="= …"/></duty:scope>, in extensionElements of an activity: variables
      // of each of its runs, and the values written outside at the end.
      name: 'Scope',
      superClass: ['Element'],
      properties: [
        // True: variables set inside stay inside, except outputs. Outside variables can still be
        // read.
        { name: 'closed', isAttr: true, type: 'Boolean' },
        { name: 'locals', type: 'Local', isMany: true },
        { name: 'outputs', type: 'Output', isMany: true },
      ],
    },
    {
      name: 'Local',
      superClass: ['Element'],
      properties: [
        { name: 'name', isAttr: true, type: 'String' },
        // FEEL over the variables outside, when the run begins; default: null.
        { name: 'value', isAttr: true, type: 'String' },
      ],
    },
    {
      name: 'Output',
      superClass: ['Element'],
      properties: [
        // The variable outside.
        { name: 'name', isAttr: true, type: 'String' },
        // FEEL over the variables inside, when the run is completed; default: the variable of that name.
        { name: 'value', isAttr: true, type: 'String' },
      ],
    },
    {
      // <duty:scenario name="…" title="…">{"given": …, "steps": […]}</duty:scenario>, in
      // extensionElements of a process: an expected course. Only trials read it
      // (docs/decisions/law.md).
      name: 'Scenario',
      superClass: ['Element'],
      properties: [
        // The name of a shipped scenario replaces it.
        { name: 'name', isAttr: true, type: 'String' },
        { name: 'title', isAttr: true, type: 'String' },
        // Why the scenario is retired.
        { name: 'retired', isAttr: true, type: 'String' },
        // JSON.
        { name: 'steps', isBody: true, type: 'String' },
      ],
    },
    {
      // On a signal, "instance": it stays in the process instance that throws it. Otherwise every
      // case receives it.
      name: 'Confined',
      extends: ['bpmn:Signal'],
      properties: [{ name: 'within', isAttr: true, type: 'String' }],
    },
    {
      // On a service, send or business rule task: the name of its handler in the registry.
      name: 'Called',
      extends: ['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask'],
      properties: [{ name: 'handler', isAttr: true, type: 'String' }],
    },
    {
      // On a service task: the clock of the regulation that its handler pauses or resumes.
      name: 'Moving',
      extends: ['bpmn:ServiceTask'],
      properties: [{ name: 'clock', isAttr: true, type: 'String' }],
    },
    {
      // On a business rule task: the key of the decision table that decides, in place of a handler.
      name: 'Decided',
      extends: ['bpmn:BusinessRuleTask'],
      properties: [{ name: 'decision', isAttr: true, type: 'String' }],
    },
    {
      // On a user task: the key of the decision table that proposes its answers; a person decides.
      name: 'Proposed',
      extends: ['bpmn:UserTask'],
      properties: [{ name: 'proposal', isAttr: true, type: 'String' }],
    },
    {
      // On a user or manual task: who may perform it. On a receive task without a message: who
      // confirms that the awaited thing has come.
      name: 'Assigned',
      extends: ['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:ReceiveTask'],
      properties: [
        // A role of the hotline: intake, unit, reviewer, supervisor, assessor, inspector, …
        { name: 'role', isAttr: true, type: 'String' },
        // Ids of tasks whose performer may not do this one (separation of duties), separated by spaces.
        { name: 'notBy', isAttr: true, type: 'String' },
      ],
    },
    {
      // On any flow node: entering it is a level of escalation, recorded in the trail.
      name: 'Escalating',
      extends: ['bpmn:FlowNode'],
      properties: [
        // reminder | yellow | red | supervision | second-supervision | accountability
        { name: 'level', isAttr: true, type: 'String' },
      ],
    },
    {
      // On a timer event definition: the kind of days, and what they are counted from.
      name: 'Counted',
      extends: ['bpmn:TimerEventDefinition'],
      properties: [
        // The clock of the regulation that the timer measures; the trail names the clock, never the
        // event's id.
        { name: 'clock', isAttr: true, type: 'String' },
        // working-days | natural (default)
        { name: 'unit', isAttr: true, type: 'String' },
        // end (default, 24:00) | start (00:00) of the working day reached
        { name: 'edge', isAttr: true, type: 'String' },
        // The policy that sets the duration, if any.
        { name: 'policy', isAttr: true, type: 'String' },
        // before="Event_X" / after="Event_X": counted from the instant of the timer on event X.
        { name: 'before', isAttr: true, type: 'String' },
        { name: 'after', isAttr: true, type: 'String' },
        // On a start event: when the timer is due, the program prepares a case of this name with
        // the data it has counted.
        { name: 'prepare', isAttr: true, type: 'String' },
      ],
    },
    {
      // On a sub-process: the fragment of the package that it was expanded from.
      name: 'Expanded',
      extends: ['bpmn:SubProcess'],
      properties: [{ name: 'fragment', isAttr: true, type: 'String' }],
    },
    {
      // On multi-instance characteristics: FEEL for the collection, and the variable name of its items.
      name: 'Collected',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [
        { name: 'collection', isAttr: true, type: 'String' },
        { name: 'item', isAttr: true, type: 'String' },
      ],
    },
  ],
} as const;
