import { cycleRule } from './cycleRule';

export const cycleGroupParent = cycleRule({
  id: 'cycle-group-parent',
  description: 'Groups are parents of each other in a circle.',
  severity: 'error',
  forward: ['childOf'],
  backward: ['parentOf'],
  kinds: ['Group'],
  help: 'Group membership is looked up along parents: remove one of the references.',
});
