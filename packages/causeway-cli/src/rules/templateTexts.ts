import { isMapping } from '../document/CatalogDocument';
import { TemplatedText, templatedTexts } from '../templates/expressions';
import { DocumentContext } from './rule';

/** A text with expressions, and how many steps have run when it is rendered. */
export interface PlacedText extends TemplatedText {
  stepsBefore: number;
}

/** Every text of a template that the scaffolder renders. */
export function* templateTexts(
  context: DocumentContext,
): Generator<PlacedText> {
  const template = context.template();
  const { spec } = context.entity;
  if (!template || !isMapping(spec)) {
    return;
  }
  const steps = Array.isArray(spec.steps) ? spec.steps : [];
  for (let at = 0; at < steps.length; at += 1) {
    for (const text of templatedTexts(steps[at], ['spec', 'steps', at])) {
      yield { ...text, stepsBefore: at };
    }
  }
  for (const text of templatedTexts(spec.output, ['spec', 'output'])) {
    yield { ...text, stepsBefore: steps.length };
  }
}
