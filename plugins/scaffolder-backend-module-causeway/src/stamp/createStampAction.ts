import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { stampExamples } from './createStampAction.examples';
import { stampDocuments } from './stampDocuments';

const defaultFile = 'catalog-info.yaml';

/** `causeway:stamp`: says on what a template makes that it made it. */
export const createStampAction = (options: { now: () => Date }) =>
  createTemplateAction({
    id: 'causeway:stamp',
    description:
      'Writes into a catalog file of the workspace which template made it, in which version, by which task and when. Scorecards and bypasses tell by it what came from a golden path.',
    examples: stampExamples,
    supportsDryRun: true,
    schema: {
      input: {
        file: z =>
          z
            .string({
              description: `Path of the catalog file in the workspace. Defaults to ${defaultFile}`,
            })
            .min(1)
            .optional(),
        template: z =>
          z
            .string({
              description:
                'The template to name instead of the one that runs, as where one template serves others',
            })
            .min(1)
            .optional(),
      },
      output: {
        stamped: z =>
          z.number({ description: 'How many entities were stamped' }),
      },
    },
    async handler(ctx) {
      const file = ctx.input.file ?? defaultFile;
      const template = ctx.input.template ?? ctx.templateInfo?.entityRef;
      if (!template) {
        throw new InputError(
          'Nobody knows which template runs: name it as input template',
        );
      }
      const path = resolveSafeChildPath(ctx.workspacePath, file);
      const { text, stamped } = stampDocuments(await read(path, file), {
        name: file,
        stamp: {
          [causewayAnnotations.template]: template,
          ...versionOf(ctx.templateInfo?.entity?.metadata, ctx.input.template),
          [causewayAnnotations.templateTask]: ctx.task.id,
          [causewayAnnotations.templateTime]: options.now().toISOString(),
        },
      });
      await writeFile(path, text);
      ctx.logger.info(`Stamped ${stamped} of ${file} as made by ${template}`);
      ctx.output('stamped', stamped);
    },
  });

/** The version of the template that runs; of another one nobody knows it here. */
function versionOf(
  metadata: object | undefined,
  other: string | undefined,
): Record<string, string> {
  const { etag } = (metadata ?? {}) as { etag?: unknown };
  return other === undefined && typeof etag === 'string'
    ? { [causewayAnnotations.templateVersion]: etag }
    : {};
}

async function read(path: string, file: string): Promise<string> {
  let found: Awaited<ReturnType<typeof lstat>>;
  try {
    found = await lstat(path);
  } catch {
    throw new InputError(
      `There is no ${file} in the workspace: write it in a step before, or name another file`,
    );
  }
  // A link would lead out of the workspace.
  if (!found.isFile()) {
    throw new InputError(`${file} is no file`);
  }
  return readFile(path, 'utf8');
}
