/**
 * What we use of `bpmn-elements` (the core of `bpmn-engine`) and of `moddle-context-serializer`, typed as
 * narrowly as we use it. The packages' own declarations are open-ended (`[x: string]: any`) and leave out the
 * members that a caller without an event loop needs, so this is the one place that casts.
 */
import * as elements from 'bpmn-elements';
import * as serializer from 'moddle-context-serializer';

/** The content of a message that runs through the library's brokers. */
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

/** A handle on something that executes: a task, one instance of a multi-instance, an event definition. */
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
  readonly behaviour: { readonly handler?: string; readonly [key: string]: unknown };
  readonly broker: Broker;
  readonly environment: Environment;
  readonly parent: { readonly id: string };
  readonly execution?: {
    readonly completed: boolean;
    /** The behaviour that runs; a sub-process has an execution for every instance. */
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
  /** Options that the library does not know are handed on to every element. */
  readonly options: { readonly session?: unknown };
  assignVariables(variables: unknown): void;
  getState(): object;
}

export interface LibraryDefinition {
  readonly isRunning: boolean;
  readonly broker: Broker;
  run(content: { readonly processId: string }): void;
  recover(state: unknown): void;
  resume(): void;
  getState(): unknown;
  getRunningProcesses(): readonly Process[];
}

/** An element as the serializer describes it to the library; `behaviour` holds its attributes and parts. */
export interface SerializedElement {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly parent?: { readonly id: string };
  behaviour: Record<string, unknown>;
}

export interface Serialized {
  readonly definition: { readonly id: string };
  activities: readonly SerializedElement[];
  associations: readonly SerializedElement[];
  dataObjects: readonly SerializedElement[];
  dataStores: readonly SerializedElement[];
  messageFlows: readonly SerializedElement[];
  processes: readonly SerializedElement[];
  sequenceFlows: readonly SerializedElement[];
}

/** An opaque description of a diagram that any number of runs share. */
export interface SerializedContext {
  readonly elements: Serialized;
}

interface EnvironmentOptions {
  readonly settings: object;
  readonly timers: object;
  readonly scripts: object;
  readonly expressions: object;
  readonly services: object;
  readonly session: object;
}

interface Elements {
  readonly Definition: new (context: object) => LibraryDefinition;
  readonly Context: (context: SerializedContext, environment: Environment) => object;
  readonly Environment: new (options: EnvironmentOptions) => Environment;
  readonly [name: string]: unknown;
}

type TypeResolver = (entity: object) => void;

interface Serializer {
  map(moddle: object): Serialized;
  deserialize(serialized: Serialized, resolve: TypeResolver): SerializedContext;
  TypeResolver(types: object): TypeResolver;
}

export const library = elements as unknown as Elements;
export const serialization = serializer as unknown as Serializer;
