import { join } from 'node:path';
import { EstateSimulator } from './createEstateSimulator';

/**
 * What a started estate writes down for those who connect to it: addresses and
 * tokens, and the environment variables that carry them into a configuration.
 *
 * @public
 */
export function environmentOf(
  { urls }: Pick<EstateSimulator, 'urls'>,
  dataDir: string,
) {
  const variables: Record<string, string> = {
    CAUSEWAY_ESTATE_HTTP_URL: urls.http,
    CAUSEWAY_ESTATE_HTTPS_URL: urls.https,
    CAUSEWAY_ESTATE_KUBECONFIG: join(dataDir, 'kubeconfig'),
    CAUSEWAY_ESTATE_OPERATOR_KUBECONFIG: join(dataDir, 'kubeconfig-operator'),
    CAUSEWAY_ESTATE_GITHUB_API_URL: urls.github.api,
    CAUSEWAY_ESTATE_GITHUB_RAW_URL: urls.github.raw,
    CAUSEWAY_ESTATE_GITHUB_TOKEN: urls.github.token,
    CAUSEWAY_ESTATE_GITHUB_OPERATOR_TOKEN: urls.github.writeToken,
    CAUSEWAY_ESTATE_GITHUB_WEBHOOK_SECRET: urls.github.webhookSecret,
    CAUSEWAY_ESTATE_ADVISER_TOKEN: urls.adviserToken,
  };
  for (const [name, { url, token, writeToken }] of Object.entries(
    urls.argocd,
  )) {
    variables[`CAUSEWAY_ESTATE_${constantCase(name)}_URL`] = url;
    variables[`CAUSEWAY_ESTATE_${constantCase(name)}_TOKEN`] = token;
    variables[`CAUSEWAY_ESTATE_${constantCase(name)}_OPERATOR_TOKEN`] =
      writeToken;
  }
  for (const [name, { url, token }] of Object.entries(urls.kubernetes)) {
    variables[`CAUSEWAY_ESTATE_${constantCase(name)}_URL`] = url;
    variables[`CAUSEWAY_ESTATE_${constantCase(name)}_TOKEN`] = token;
  }
  return { urls, variables };
}

function constantCase(name: string): string {
  return name.replace(/-/g, '_').toLocaleUpperCase('en-US');
}
