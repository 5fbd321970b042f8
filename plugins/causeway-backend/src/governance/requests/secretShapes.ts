/** A shape that secrets have, as whoever issues them publishes it. */
export interface SecretShape {
  /** What an error calls it. */
  what: string;
  /** Bounded repetitions and a fixed beginning each, so that matching takes linear time. */
  shape: RegExp;
}

/** Published formats of tokens and keys. */
export const secretShapes: readonly SecretShape[] = [
  {
    what: 'a private key',
    shape: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/,
  },
  {
    what: 'a JSON web token',
    shape:
      /(?<![\w-])eyJ[\w-]{8,4000}\.(?:eyJ[\w-]{8,8000}|[\w-]{16,8000})\.[\w-]{8,2000}/,
  },
  {
    what: 'a GitHub token',
    shape:
      /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/,
  },
  {
    what: 'a GitLab token',
    shape: /(?<![A-Za-z0-9])gl[a-z]{2,6}-[\w-]{20,64}/,
  },
  {
    what: 'an AWS access key',
    shape: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/,
  },
  {
    what: 'a Google key',
    shape:
      /(?<![\w-])(?:AIza[\w-]{35}|ya29\.[\w-]{20,500}|GOCSPX-[\w-]{20,40})/,
  },
  {
    what: 'a key of an Azure storage account',
    shape: /AccountKey=[A-Za-z0-9+/]{40,100}={0,2}/,
  },
  {
    what: 'a Slack token',
    shape:
      /(?<![A-Za-z0-9])(?:xox[a-z]-[\w-]{10,250}|xapp-\d-[\w-]{10,250})|hooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,100}/,
  },
  {
    what: 'a Stripe key',
    shape: /(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}/,
  },
  { what: 'an npm token', shape: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/ },
  { what: 'a PyPI token', shape: /(?<![A-Za-z0-9])pypi-AgE[\w-]{30,500}/ },
  {
    what: "a model provider's key",
    shape:
      /(?<![\w-])(?:sk-(?:ant|proj|svcacct|or)-[\w-]{20,250}|sk-[A-Za-z0-9]{32,64}|hf_[A-Za-z0-9]{30,64})/,
  },
  {
    what: 'a SendGrid key',
    shape: /(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{32,64}/,
  },
  { what: 'a Vault token', shape: /(?<![\w-])hv[sbr]\.[\w-]{24,300}/ },
  {
    what: 'a DigitalOcean token',
    shape: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}/,
  },
  {
    what: 'a Docker token',
    shape: /(?<![A-Za-z0-9])dckr_[a-z]{3}_[\w-]{20,64}/,
  },
  { what: 'a Databricks token', shape: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}/ },
  {
    what: 'an Atlassian token',
    shape: /(?<![A-Za-z0-9])AT(?:ATT|CTT|BB)[\w-]{20,300}(?:=[0-9A-F]{8})?/,
  },
  {
    what: 'a Grafana token',
    shape: /(?<![A-Za-z0-9])gl(?:sa|c)_[A-Za-z0-9+/=_]{30,400}/,
  },
  {
    what: 'a bearer token',
    shape: /(?<![A-Za-z0-9])bearer[ \t]{1,4}[\w.~+/-]{20,4000}=*/i,
  },
  {
    what: 'an address with a password',
    shape:
      /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,20}:\/\/[^\s:/@?#]{0,200}:[^\s/@?#$<{*]{3,200}@/,
  },
];
