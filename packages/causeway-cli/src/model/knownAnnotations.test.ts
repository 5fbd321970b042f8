import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import { knownAnnotations } from './knownAnnotations';

describe('known annotations', () => {
  it('hold all that Causeway reads or writes', () => {
    const known = knownAnnotations();
    for (const key of Object.values(causewayAnnotations)) {
      expect(known.has(key)).toBe(true);
    }
  });

  it('have forms that no value can stall', () => {
    const hostile = [
      'a,'.repeat(1000),
      'a-'.repeat(1000),
      `${'a=b,'.repeat(499)}!`,
      ` ${'\t'.repeat(1900)}x`,
      `a in (${'b,'.repeat(900)}`,
      `${'a '.repeat(999)}=`,
    ];
    for (const { pattern } of knownAnnotations().values()) {
      for (const value of hostile) {
        const begun = performance.now();
        pattern?.test(value);
        expect(performance.now() - begun).toBeLessThan(200);
      }
    }
  });
});
