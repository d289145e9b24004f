/**
 * Types of the parts of `bpmn-engine` and its core `bpmn-elements` that we use. The packages' own
 * declarations are open-ended (`[x: string]: any`) and omit members needed without an event loop,
 * so this is the one file with casts.
 */
import * as elements from 'bpmn-elements';
import * as engine from 'bpmn-engine';

/** Content of a message of the library's brokers. */
export interface Content {
  readonly id?: string;
  readonly type?: string;
  readonly executionId?: string;
  readonly isRootScope?: boolean;
  readonly isDefinitionScope?: boolean;
  readonly isMultiInstance?: boolean;
  readonly index?: number;
  readonly loopCardinality?: number;
  readonly loopOutput?: readonly unknown[];
  readonly parent?: { readonly id?: string; readonly executionId?: string };
  readonly inbound?: readonly Content[];
  readonly message?: Content;
  readonly name?: string;
  readonly code?: string;
  readonly error?: { readonly message?: string; readonly code?: string };
  readonly [key: string]: unknown;
}

export interface Message {
  readonly fields: { readonly redelivered?: boolean; readonly routingKey?: string };
  readonly content: Content;
  readonly properties: { readonly type?: string; readonly correlationId?: string };
}

type OnMessage = (routingKey: string, message: Message) => void;

export interface Broker {
  publish(exchange: string, routingKey: string, content: unknown, properties?: object): unknown;
  subscribeTmp(exchange: string, pattern: string, onMessage: OnMessage, options: object): unknown;
  cancel(consumerTag: string): unknown;
}

/** Handle on something that executes: a task, an instance of a multi-instance, an event definition. */
export interface Api {
  readonly content: Content;
  signal(message?: object): void;
  discard(): void;
  sendApiMessage(action: string, content?: object): void;
}

export interface EventDefinition {
  readonly type: string;
  readonly reference?: { readonly id?: string; readonly name?: string; readonly referenceType?: string };
}

export interface Activity {
  readonly id: string;
  readonly type: string;
  readonly placeholder?: boolean;
  readonly status?: string;
  readonly isRunning: boolean;
  readonly isSubProcess?: boolean;
  readonly triggeredByEvent?: boolean;
  readonly executionId: string;
  readonly attachedTo: Activity | null;
  readonly eventDefinitions?: readonly EventDefinition[];
  readonly behaviour: {
    readonly handler?: string;
    readonly decision?: string;
    readonly [key: string]: unknown;
  };
  readonly broker: Broker;
  readonly environment: Environment;
  readonly parent: { readonly id: string };
  readonly execution?: {
    readonly completed: boolean;
    /** The running behaviour; a sub-process has one execution per instance. */
    readonly source?: { readonly executions?: readonly ScopeExecution[] };
    getPostponed(): readonly Api[];
  };
  run(content?: object): void;
  discard(): void;
}

/** The run of a process or of a sub-process. */
export interface ScopeExecution {
  readonly executionId: string;
  readonly completed: boolean;
  getActivities(): readonly Activity[];
}

interface Process {
  readonly id: string;
  readonly isRunning: boolean;
  readonly execution?: ScopeExecution;
}

export interface Environment {
  readonly variables: { readonly [key: string]: unknown };
  /** Options unknown to the library are passed to every element. */
  readonly options: { readonly session?: unknown; readonly source?: SourceContext };
}

export interface LibraryDefinition {
  readonly isRunning: boolean;
  readonly broker: Broker;
  readonly environment: Environment;
  run(content: { readonly processId: string }): void;
  resume(): void;
  getState(): unknown;
  getRunningProcesses(): readonly Process[];
}

/** Attributes and parts of an element; `extendFn` may change them before the library reads them. */
export interface Behaviour {
  readonly $type: string;
  readonly id?: string;
  eventDefinitions?: readonly Part[];
  loopCharacteristics?: Part;
  conditionExpression?: { readonly body?: string };
  implementation?: string;
  Service?: unknown;
  readonly [property: string]: unknown;
}

/** An event definition, or the loop characteristics of an activity. */
export interface Part {
  readonly type: string;
  readonly behaviour: Readonly<Record<string, unknown>>;
}

/** An element of a parsed definition. */
export interface SourceElement {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly parent?: { readonly id: string };
  readonly behaviour: Behaviour;
}

/** A parsed definition; any number of engines can share it. */
export interface SourceContext {
  readonly id: string;
  getActivities(): readonly SourceElement[];
}

/** An element of `bpmn-moddle`'s tree. */
export interface ModdleElement {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

export interface Reference {
  readonly element: ModdleElement;
  readonly property: string;
  readonly id: string;
}

/** The part of `bpmn-moddle`'s result that the library uses. */
export interface ModdleContext {
  readonly rootElement: ModdleElement & { readonly id: string };
  readonly elementsById: Readonly<Record<string, ModdleElement>>;
  readonly references: readonly Reference[];
}

interface EngineOptions {
  readonly moddleContext?: ModdleContext;
  readonly sourceContext?: SourceContext;
  readonly elements?: object;
  readonly extendFn?: (behaviour: Behaviour) => void;
  readonly extensions?: object;
  readonly expressions?: object;
  readonly timers?: object;
  readonly scripts?: object;
  readonly settings?: object;
  readonly Logger?: () => object;
  readonly session?: object;
}

interface LibraryEngine {
  readonly execution: { readonly definitions: readonly [LibraryDefinition] };
  recover(state: { readonly definitions: readonly [unknown] }): this;
}

export const Engine = engine.Engine as unknown as new (options: EngineOptions) => LibraryEngine;

/** The library's own classes, for subclasses. */
export const library = elements as unknown as Readonly<Record<string, unknown>>;
