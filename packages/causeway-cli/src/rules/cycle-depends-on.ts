import { cycleRule } from './cycleRule';

export const cycleDependsOn = cycleRule({
  id: 'cycle-depends-on',
  description: 'Entities depend on each other in a circle.',
  severity: 'warning',
  forward: ['dependsOn'],
  backward: ['dependencyOf'],
  help: 'Name the direction that matters, or allow circles by cycle-depends-on: off.',
});
