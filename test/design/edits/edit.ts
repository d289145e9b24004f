/** The rows of the tables of edits. */
import type { Stroke } from './drawing.js';

/** What the case or a person loses in law by the edit. */
type Loss =
  /** What the law asks for is not done, or not counted as done. */
  | 'deed'
  /** A level of warning or urging is not reached. */
  | 'level'
  /** A clue does not come before those who look into it. */
  | 'clue'
  /** What must follow does not hear of it. */
  | 'message'
  /** Another does or decides it than the law says. */
  | 'holder'
  /** The same person judges what they did. */
  | 'separation'
  /** A limit is longer, shorter, or not measured. */
  | 'limit'
  /** The law's cases are mixed up. */
  | 'condition'
  /** The way that the law wants is never taken, or never ends. */
  | 'way'
  /** Someone sees what the law keeps from them. */
  | 'secrecy'
  /** A choice that the law names cannot be made. */
  | 'option'
  /** What runs is not the policy that was decided for this article. */
  | 'policy'
  /** The record does not show what the law wants shown. */
  | 'record'
  /** Someone is held to account without what the law requires first. */
  | 'precondition';

export interface Harmful {
  /** Chinese sentence: what the officer did. */
  readonly what: string;
  readonly file: string;
  readonly strokes: readonly Stroke[];
  readonly article: string;
  /** Why the law forbids it, with the law's own words in “ ”. */
  readonly law: string;
  readonly loses: Loss;
}

export interface Harmless {
  readonly what: string;
  readonly file: string;
  readonly strokes: readonly Stroke[];
  /** Why the law has nothing against it. */
  readonly why: string;
}
