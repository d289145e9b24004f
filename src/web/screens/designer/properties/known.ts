/** Values the panel can offer, loaded from the program. */
import type { ComputedRef, InjectionKey, Ref } from 'vue';
import type { CheckContext, LawWords, OfferedVariable } from '../../../../design/compliance/index.js';
import type { Output } from '../../../api/client.js';
import type { Asked } from './in-force.js';

/** The regulation's deeds and limits. */
type Vocabulary = Output<'readRegulation'>['vocabulary'];

/** Provided to everything beside the drawing. */
export const wordsOfLaw: InjectionKey<ComputedRef<LawWords>> = Symbol('the titles of the vocabulary');
/** Provided to the fields of the panel. */
export const variablesHere: InjectionKey<Ref<readonly OfferedVariable[]>> = Symbol('variables at hand');
/** Provided to the whole bench. */
export const knownHere: InjectionKey<ComputedRef<Known>> = Symbol('what a diagram may name');
export type KnownDeed = Vocabulary['deeds'][number];

export interface Known {
  /** Each with its title in Chinese. */
  readonly handlers: readonly { readonly value: string; readonly label: string }[];
  /** Decision tables in force. */
  readonly tables: readonly { readonly value: string; readonly label: string }[];
  /** Policies whose value is a duration. */
  readonly policies: readonly { readonly value: string; readonly label: string }[];
  /** What the program prepares for start timers. */
  readonly preparations: readonly { readonly value: string; readonly label: string }[];
  /** Fields that the forms of the processes in force require and keep. */
  readonly asked: ReadonlyMap<string, Asked>;
  readonly processes: readonly { readonly key: string; readonly name: string }[];
  readonly norms: readonly KnownNorm[];
  readonly vocabulary: Vocabulary;
  /** Working days that the regulation sets, by clock. */
  readonly limits: ReadonlyMap<string, number>;
  /** Context of the checks; undefined while loading. */
  readonly context: CheckContext | undefined;
}

/** A norm of the catalogue, for display. */
export interface KnownNorm {
  readonly id: string;
  /** Provisions; links use the first. */
  readonly provision: string;
  readonly label: string;
  readonly says: string;
  readonly bearers: string;
  readonly modality: string;
  readonly limit: string | null;
  /** Consequences of a violation, each with its article. */
  readonly consequences: readonly string[];
  /** Form fields required and kept as evidence. */
  readonly evidence: readonly string[];
  /** The law's text, if loaded. */
  readonly official: string | null;
}
