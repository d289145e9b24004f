/** A compiled definition: nodes and flows by integer index, everything a step would search for precomputed. */
import type { EventDefinition } from '../../model/bpmn-types.js';
import type { FeelExpression } from '../../model/feel.js';

/** Behaviour of a token at a node. */
export type Role =
  | 'start'
  | 'end'
  | 'throw'
  | 'catch'
  | 'boundary'
  /** Waits for a person or the outside world. */
  | 'task'
  /** Waits for its handler, which the step's result calls. */
  | 'call-handler'
  /** An abstract task: passes at once. */
  | 'pass'
  | 'sub-process'
  | 'event-sub-process'
  | 'call-activity'
  | 'exclusive'
  | 'parallel'
  | 'inclusive'
  | 'event-gateway';

export type Trigger =
  | { readonly kind: 'none' | 'terminate' }
  | { readonly kind: 'message' | 'signal'; readonly name: string }
  /** `code` is null to catch any code. */
  | { readonly kind: 'error' | 'escalation'; readonly code: string | null }
  | { readonly kind: 'timer'; readonly definition: EventDefinition }
  | { readonly kind: 'conditional'; readonly condition: FeelExpression }
  /** `activity` is the node to compensate, -1 for everything in scope. */
  | { readonly kind: 'compensation'; readonly activity: number }
  /** For a throwing link the node to continue at, for a catching one -1. */
  | { readonly kind: 'link'; readonly target: number };

/** A list, given by an expression or by its variable's name. */
type Collection = { readonly expression: FeelExpression } | { readonly variable: string };

export type Loop =
  | {
      readonly kind: 'standard';
      readonly testBefore: boolean;
      readonly maximum: number;
      readonly condition: FeelExpression | null;
    }
  | {
      readonly kind: 'instances';
      readonly sequential: boolean;
      readonly cardinality: FeelExpression | null;
      /** The list that determines the number of instances and their items. */
      readonly collection: Collection | null;
      readonly item: string | null;
      readonly output: string | null;
      readonly outputItem: string | null;
      readonly until: FeelExpression | null;
    };

/** Variables of each run of an activity. */
export interface OwnVariables {
  readonly locals: readonly Mapped[];
  readonly outputs: readonly Mapped[];
  /** True: variables set inside stay inside, except outputs. */
  readonly closed: boolean;
}

interface Mapped {
  readonly name: string;
  /** Null: a local variable is empty, an output takes the variable of its name. */
  readonly value: FeelExpression | null;
}

export interface Flow {
  readonly id: string;
  readonly source: number;
  readonly target: number;
  readonly condition: FeelExpression | null;
}

/** The elements that start together with a scope. */
export interface Body {
  /** None start events or, without start events, every node without incoming flow. */
  readonly starts: readonly number[];
  readonly eventSubProcesses: readonly number[];
}

export interface Node {
  readonly index: number;
  readonly id: string;
  readonly role: Role;
  readonly trigger: Trigger;
  /** The node that contains it, -1 for the process itself. */
  readonly container: number;
  readonly incoming: readonly number[];
  /** In the order in which an exclusive gateway evaluates them; without the default flow. */
  readonly outgoing: readonly number[];
  readonly defaultFlow: number;
  readonly activity: boolean;
  readonly loop: Loop | null;
  readonly own: OwnVariables | null;
  /** Boundary events other than those for compensation. */
  readonly boundaries: readonly number[];
  /** For a boundary event, the activity it is attached to. */
  readonly host: number;
  /** For boundary events and starts of event sub-processes. */
  readonly interrupting: boolean;
  /** The compensation activity associated with its compensation boundary event; -1 without one. */
  readonly compensator: number;
  readonly handler: string | null;
  /** Key of the decision table in place of a handler. */
  readonly decision: string | null;
  readonly called: string;
  readonly body: Body | null;
  /** For an event sub-process, the event that starts it. */
  readonly opener: number;
  /** Inclusive gateway: per incoming flow, the nodes (bytes by index) that can reach it without the gateway. */
  readonly upstream: readonly Uint8Array[];
}

export interface Program {
  readonly nodes: readonly Node[];
  readonly flows: readonly Flow[];
  readonly byId: ReadonlyMap<string, number>;
  readonly body: Body;
  /** All start events of the process itself. */
  readonly entries: readonly number[];
  /** Part of every state, so that a state never runs on a program it does not fit. */
  readonly mark: string;
  readonly key: string;
  /** True if some node's condition must be evaluated after every step. */
  readonly conditional: boolean;
  /** Programs of call activities. */
  called(key: string): Program | undefined;
}
