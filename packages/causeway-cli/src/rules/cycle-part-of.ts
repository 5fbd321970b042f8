import { cycleRule } from './cycleRule';

export const cyclePartOf = cycleRule({
  id: 'cycle-part-of',
  description:
    'Components, systems or domains are parts of each other in a circle.',
  severity: 'error',
  forward: ['partOf'],
  backward: ['hasPart'],
  help: 'A part cannot hold its whole: remove one of the references.',
});
