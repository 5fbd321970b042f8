import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { causewayTranslationRef, type TextKey } from '../translation';

/** A text, with values in place of what stands in its braces. */
export type Texts = (
  key: TextKey,
  values?: Record<string, string | number>,
) => string;

/**
 * Every text of the plugin. The translation's own function works out each
 * text's values from all of them at each call: with so many, the compiler would
 * take minutes.
 */
export function useTexts(): { t: Texts } {
  const { t } = useTranslationRef(causewayTranslationRef);
  return { t: t as unknown as Texts };
}
