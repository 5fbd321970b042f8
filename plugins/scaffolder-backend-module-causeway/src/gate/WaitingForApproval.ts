import { CustomErrorBase } from '@backstage/errors';

/** Nobody has decided yet: the task ends here, and Retry goes on. */
export class WaitingForApproval extends CustomErrorBase {
  override name = 'WaitingForApproval' as const;

  constructor(options: { link: string; why: string }) {
    super(
      `waiting for approval: ${options.why}. You are told when it is decided; press Retry then, and the template goes on from here: ${options.link}`,
    );
  }
}
