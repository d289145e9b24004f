/** All tables that are held against the trail, as verification needs them. */
import type { Comparison } from '../../accountability/index.js';
import type { Placing } from '../../engine/index.js';
import { casesHeld } from './cases.js';
import { definitionsHeld } from './definitions.js';
import { peopleHeld } from './people.js';
import { policiesHeld } from './policies.js';
import { versionsHeld } from './versions.js';
import { wordsHeld } from './words.js';

export const tablesHeld = (placing: Placing): readonly Comparison[] => [
  wordsHeld,
  casesHeld(placing),
  peopleHeld,
  definitionsHeld,
  policiesHeld,
  versionsHeld,
];
