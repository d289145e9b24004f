import { alwaysSatisfied } from './always-satisfied.js';
import { closedBare } from './closed-bare.js';
import { exclusions } from './exclusions.js';
import { extensions } from './extensions.js';
import { kindLowered } from './kind-lowered.js';
import { mergedRepeats } from './merged-repeats.js';
import { nightBatch } from './night-batch.js';
import type { Pattern } from './pattern.js';
import { readThenAdverse } from './read-then-adverse.js';
import { returnRing } from './return-ring.js';
import { sameText } from './same-text.js';
import { satisfiedAgain } from './satisfied-again.js';
import { writtenLate } from './written-late.js';

export const patterns: readonly Pattern[] = [
  returnRing,
  sameText,
  extensions,
  satisfiedAgain,
  kindLowered,
  exclusions,
  readThenAdverse,
  writtenLate,
  closedBare,
  nightBatch,
  alwaysSatisfied,
  mergedRepeats,
];
