import type { ObservedLabelSelector } from '../../../observations/model';
import { record, records, text, textMap, texts } from '../../read';

/** Kubernetes' LabelSelector; `undefined` where there is none. */
export function reduceLabelSelector(
  value: unknown,
): ObservedLabelSelector | undefined {
  const selector = record(value);
  const expressions = records(selector?.matchExpressions, 16).flatMap(
    expression => {
      const key = text(expression.key, 317);
      const operator = text(expression.operator, 16);
      return key && operator
        ? [{ key, operator, values: texts(expression.values, 64, 63) }]
        : [];
    },
  );
  return (
    selector && {
      labels: textMap(selector.matchLabels, { length: 253 }),
      expressions: expressions.length ? expressions : undefined,
    }
  );
}
