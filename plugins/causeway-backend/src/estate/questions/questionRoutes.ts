import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { estateQuestionsAskPermission } from '@causeway/backstage-plugin-causeway-common';
import type { Router } from 'express';
import { questionNames, type Ask } from './createQuestions';
import type { QuestionInput } from './readInput';

/** Answers every question at `GET /estate/questions/<name>`. */
export function addQuestionRoutes(
  router: Router,
  options: {
    ask: Ask;
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
  },
): void {
  const { ask, httpAuth, permissions } = options;
  for (const name of questionNames) {
    router.get(`/estate/questions/${name}`, async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const [decision] = await permissions.authorize(
        [{ permission: estateQuestionsAskPermission }],
        { credentials },
      );
      if (decision.result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          `Questions about the estate ask for the permission ${estateQuestionsAskPermission.name}`,
        );
      }
      // The document lets every parameter stand once.
      res.json(await ask(name, req.query as QuestionInput, credentials));
    });
  }
}
