import { isMapping } from '../document/CatalogDocument';
import { likelySpelling } from '../model/spelling';
import { parseExpressions } from '../templates/expressions';
import { TemplateModel } from '../templates/TemplateModel';
import { DocumentContext, Report, Rule } from './rule';
import { PlacedText, templateTexts } from './templateTexts';

/** What expressions may begin with. */
const roots: readonly string[] = [
  'parameters',
  'steps',
  'user',
  'secrets',
  'context',
  'environment',
  'each',
];

export const templateReference: Rule = {
  id: 'template-reference',
  category: 'templates',
  description:
    'An expression refers to a parameter or a step that is not there, or to a step that comes later.',
  severity: 'error',
  checkDocument(context, report) {
    const template = context.template();
    if (!template) {
      return;
    }
    for (const placed of templateTexts(context)) {
      for (const { way } of parseExpressions(placed.text).uses) {
        const problem = checkUse({ way, placed, template, context });
        if (problem) {
          report({ ...problem, at: { path: placed.path, part: 'value' } });
        }
      }
    }
  },
};

interface Use {
  way: string[];
  placed: PlacedText;
  template: TemplateModel;
  context: DocumentContext;
}

function checkUse(use: Use): Report | undefined {
  const [root, name] = use.way;
  if (root === 'parameters') {
    return name === undefined ? undefined : checkParameter(name, use.template);
  }
  if (root === 'steps') {
    return name === undefined ? undefined : checkStep(use);
  }
  if (roots.includes(root) || use.context.templateFilters.has(root)) {
    return undefined;
  }
  // Portals add functions of their own, so only what looks like a slip is one.
  const likely = likelySpelling(root, roots);
  return likely
    ? {
        message: `"${root}" is nothing that expressions know; "${likely}" is meant, perhaps`,
      }
    : undefined;
}

function checkParameter(
  name: string,
  { parameters }: TemplateModel,
): Report | undefined {
  if (!parameters || parameters.has(name)) {
    return undefined;
  }
  const likely = likelySpelling(name, parameters);
  return {
    message: `No parameter "${name}" is declared${
      likely ? `; "${likely}" is meant, perhaps` : ''
    }`,
    help: 'Declare it under spec.parameters.',
  };
}

function checkStep({
  way,
  placed,
  template,
  context,
}: Use): Report | undefined {
  const [, id, member, output] = way;
  const ids = template.steps.map(step => step.id);
  const at = ids.indexOf(id);
  if (at === -1) {
    // Steps without an id get one from the scaffolder: step-1, step-2, …
    const implied = /^step-(\d+)$/.exec(id);
    if (implied && ids[Number(implied[1]) - 1] === undefined) {
      return undefined;
    }
    const likely = likelySpelling(
      id,
      ids.filter(one => one !== undefined),
    );
    return {
      message: `No step "${id}" is there${
        likely ? `; "${likely}" is meant, perhaps` : ''
      }`,
      help: `Steps: ${ids.filter(Boolean).join(', ') || 'none has an id'}.`,
    };
  }
  const position = Number(
    template.steps[at].path[template.steps[at].path.length - 1],
  );
  if (position >= placed.stepsBefore) {
    return {
      message:
        position === placed.stepsBefore
          ? `The step "${id}" refers to itself`
          : `The step "${id}" comes later`,
      help: 'A step knows the outputs of the steps before it.',
    };
  }
  if (member !== undefined && member !== 'output') {
    return {
      message: `A step has no "${member}"; its results stand under steps.${id}.output`,
    };
  }
  return checkOutput(template.steps[at].action, output, context, template, at);
}

function checkOutput(
  action: string | undefined,
  output: string | undefined,
  { actions, entity }: DocumentContext,
  template: TemplateModel,
  at: number,
): Report | undefined {
  const known = action === undefined ? undefined : actions.get(action)?.output;
  // A step that runs for each of a list gives a list of outputs.
  const spec = isMapping(entity.spec) ? entity.spec : {};
  const position = Number(
    template.steps[at].path[template.steps[at].path.length - 1],
  );
  const step = Array.isArray(spec.steps) ? spec.steps[position] : undefined;
  const repeated = isMapping(step) && 'each' in step;
  if (
    !known?.length ||
    output === undefined ||
    repeated ||
    known.includes(output)
  ) {
    return undefined;
  }
  const likely = likelySpelling(output, known);
  return likely
    ? {
        message: `${action} has no output "${output}"; "${likely}" is meant, perhaps`,
        help: `Outputs: ${known.join(', ')}.`,
      }
    : undefined;
}
