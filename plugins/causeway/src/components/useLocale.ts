import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';

/** The language that the portal is shown in, for numbers and times. */
export function useLocale(): string {
  return useApi(appLanguageApiRef).getLanguage().language;
}
