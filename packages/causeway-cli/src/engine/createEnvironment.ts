import { InputError } from '@backstage/errors';
import { Settings } from '../config/Settings';
import { knownAnnotations } from '../model/knownAnnotations';
import { loadModel } from '../model/loadKinds';
import { SchemaValidator } from '../model/SchemaValidator';
import { AnnotationFormat, FileProbe, RuleEnvironment } from '../rules/rule';
import { Snapshot } from '../snapshot/Snapshot';
import { ActionCatalog, TemplateAction } from '../templates/ActionCatalog';
import { builtinActions } from '../templates/builtinActions';

/** What the rules know: the kinds, annotations and actions of Backstage, of the settings and of the snapshot. */
export function createEnvironment(
  settings: Settings,
  probe: FileProbe,
  snapshot: Snapshot | undefined,
): RuleEnvironment {
  const model = loadModel(settings);
  const ownActions: TemplateAction[] = settings.templates.actions.map(id => ({
    id,
  }));
  const portal = snapshot?.actions;
  return {
    kinds: model.kinds,
    validator: new SchemaValidator(),
    probe,
    actions: new ActionCatalog({
      complete: portal !== undefined,
      actions: () => [...(portal ?? builtinActions()), ...ownActions],
    }),
    annotations: knownAnnotations([
      ...model.annotations
        .map(name => [name, {}] as const)
        .filter(([name]) => !knownAnnotations().has(name)),
      ...Object.entries(settings.annotations).map(
        ([name, format]) => [name, toFormat(name, format)] as const,
      ),
    ]),
    templateFields: new Set(settings.templates.fields),
    templateFilters: new Set(settings.templates.filters),
  };
}

function toFormat(
  name: string,
  format: { pattern?: string; expected?: string } | null,
): AnnotationFormat {
  if (!format?.pattern) {
    return {};
  }
  try {
    return {
      pattern: new RegExp(`^(?:${format.pattern})$`, 'u'),
      expected: format.expected ?? `a value that matches ${format.pattern}`,
    };
  } catch (error) {
    throw new InputError(
      `The pattern of the annotation ${name} is not a regular expression: ${(error as Error).message}`,
    );
  }
}
